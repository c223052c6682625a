/**
 * Checks manifests against the Prometheus operator's own Go types, as a published package has them: values by its generated
 * validators, and keys by its declarations, since a validator passes over what it does not know and Kubernetes drops it.
 */
import { ServiceMonitor, PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { join } from 'node:path';
import ts from 'typescript';

import { ROOT } from './kit.mjs';

const KINDS = { ServiceMonitor, PrometheusRule };
const FILE = join(ROOT, 'tests/deploy/manifest.ts');

/**
 * @param {any} manifest
 * @returns {string[]} what is wrong
 */
export function problemsOf(manifest) {
  const Kind = KINDS[/** @type {keyof KINDS} */ (manifest.kind)];
  if (!Kind || manifest.apiVersion !== 'monitoring.coreos.com/v1') {
    return [`${manifest.apiVersion} ${manifest.kind} is neither a ServiceMonitor nor a PrometheusRule of the operator`];
  }
  try {
    new Kind(manifest).validate();
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  return unknownKeys(manifest);
}

/** @param {any} manifest @returns {string[]} */
function unknownKeys(manifest) {
  const source = [
    `import type { I${manifest.kind} } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';`,
    `export const manifest: I${manifest.kind} = ${JSON.stringify(manifest)};`,
  ].join('\n');
  const options = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    noEmit: true,
    skipLibCheck: true,
    strict: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, ...rest) =>
    name === FILE ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022) : getSourceFile.call(host, name, ...rest);
  host.fileExists = (name) => name === FILE || fileExists.call(host, name);
  host.readFile = (name) => (name === FILE ? source : readFile.call(host, name));
  const found = ts.getPreEmitDiagnostics(ts.createProgram([FILE], options, host));
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
