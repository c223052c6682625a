// Tests mean the same in every time zone.
process.env.TZ = 'UTC';

const base = require('./.config/jest.config');
const { grafanaESModules, nodeModulesToTransform } = require('./.config/jest/utils');

const [[, transformer]] = Object.entries(base.transform);

const config = {
  ...base,
  // What Grafana's packages of this version depend on comes as ES modules only, and partly as .mjs.
  transform: { ...base.transform, '^.+\\.mjs$': transformer },
  transformIgnorePatterns: [nodeModulesToTransform([...grafanaESModules, '@react-hookz/web', '@ver0/deep-equal'])],
};

/** The React that Grafana up to 13.1 brings; see react-18/README.md. */
const react18 = '<rootDir>/react-18/node_modules';

module.exports = {
  projects: [
    { ...config, displayName: 'react 19', globals: { reactMajor: '19' } },
    {
      ...config,
      displayName: 'react 18',
      globals: { reactMajor: '18' },
      moduleNameMapper: {
        ...config.moduleNameMapper,
        '^(react|react-dom|scheduler)$': `${react18}/$1`,
        '^(react|react-dom)/(.*)$': `${react18}/$1/$2`,
      },
    },
  ],
};
