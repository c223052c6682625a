// Tests mean the same in every time zone.
process.env.TZ = 'UTC';

const base = require('./.config/jest.config');
const { grafanaESModules, nodeModulesToTransform } = require('./.config/jest/utils');

const [[, transformer]] = Object.entries(base.transform);

module.exports = {
  ...base,
  // What Grafana's packages of this version depend on comes as ES modules only, and partly as .mjs.
  transform: { ...base.transform, '^.+\\.mjs$': transformer },
  transformIgnorePatterns: [nodeModulesToTransform([...grafanaESModules, '@react-hookz/web', '@ver0/deep-equal'])],
};
