/** What stands for grafana.com where plugins are signed: it keeps what it was asked, and answers in the form of a signature. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/**
 * @typedef {object} Asked
 * @property {string | undefined} authorization
 * @property {{ plugin: string, version: string, rootUrls: string[], files: Record<string, string> }} manifest
 */

/**
 * @returns {Promise<{ env: Record<string, string>, asked: Asked[], close: () => void }>} env leads the signing program here
 */
export async function startSigner() {
  const { key, cert, file, folder } = await certificate();
  /** @type {Asked[]} */
  const asked = [];
  const server = createServer({ key, cert }, async (request, response) => {
    let body = '';
    for await (const chunk of request) {
      body += chunk;
    }
    if (request.url !== '/api/plugins/ci/sign') {
      response.writeHead(404).end();
      return;
    }
    const manifest = JSON.parse(body);
    asked.push({ authorization: request.headers.authorization, manifest });
    const text = JSON.stringify({ manifestVersion: '2.0.0', signatureType: 'private', ...manifest }, undefined, 2);
    response.end(
      `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${text}\n-----BEGIN PGP SIGNATURE-----\n\nnone\n-----END PGP SIGNATURE-----\n`
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    asked,
    env: { GRAFANA_COM_URL: `https://localhost:${port}/api`, NODE_EXTRA_CA_CERTS: file },
    close: () => {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Of localhost, for a day. */
async function certificate() {
  const folder = mkdtempSync(join(tmpdir(), 'signer-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  await exec('openssl', [...args, ...subject, '-keyout', key ?? '', '-out', cert ?? '']);
  return { key: readFileSync(key ?? ''), cert: readFileSync(cert ?? ''), file: cert ?? '', folder };
}
