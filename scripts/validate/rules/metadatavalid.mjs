/** plugin.json is what Grafana's schema of a panel allows. @module */
import { Ajv } from 'ajv';

import { error, metadataOf } from '../plugin.mjs';

/** What of Grafana's published schema concerns a panel; it allows no other keys either. */
const text = { type: 'string', minLength: 1 };
const link = { type: 'string', pattern: '^https?://' };
/** @param {Record<string, object>} properties @param {string[]} required */
const object = (properties, required) => ({ type: 'object', additionalProperties: false, properties, required });
const ID = '^[0-9a-z]+-([0-9a-z]+-)?(app|panel|datasource)$';

const SCHEMA = object(
  {
    $schema: link,
    type: { enum: ['panel', 'app', 'datasource'] },
    name: text,
    id: { type: 'string', pattern: ID },
    buildMode: { enum: ['production', 'development'] },
    docsPath: text,
    languages: { type: 'array', items: { type: 'string', pattern: '^[a-z]{2}-[A-Z]{2}$|^[a-z]{2}-[A-Z][a-z]+$' } },
    skipDataQuery: { type: 'boolean' },
    state: { enum: ['alpha', 'beta', 'stable', 'deprecated'] },
    suggestions: { type: 'boolean' },
    info: object(
      {
        author: object({ name: text, email: text, url: link }, []),
        description: text,
        keywords: { type: 'array', minItems: 1, items: text },
        links: { type: 'array', items: object({ name: text, url: link }, ['name', 'url']) },
        logos: object({ small: text, large: text }, ['small', 'large']),
        screenshots: { type: 'array', items: object({ name: text, path: text }, ['name', 'path']) },
        updated: { type: 'string', pattern: String.raw`^\d{4}-\d{2}-\d{2}$` },
        version: { type: 'string', pattern: String.raw`^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)` },
      },
      ['logos', 'version', 'updated', 'keywords']
    ),
    dependencies: object(
      {
        grafanaDependency: text,
        plugins: {
          type: 'array',
          items: object({ id: { type: 'string', pattern: ID }, type: text, name: text }, ['id', 'type', 'name']),
        },
      },
      ['grafanaDependency']
    ),
  },
  ['type', 'name', 'id', 'info', 'dependencies']
);

const validate = new Ajv({ allErrors: true }).compile(SCHEMA);

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'metadatavalid',
  check(plugin) {
    validate(metadataOf(plugin));
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const key = params['additionalProperty'] ? `: ${params['additionalProperty']}` : '';
      return error(`plugin.json${instancePath} ${message}${key}`);
    });
  },
};
