// Tests mean the same in every time zone.
process.env.TZ = 'UTC';

const base = require('./.config/jest.config');

const [[, transformer]] = Object.entries(base.transform);

module.exports = {
  ...base,
  // Some packages that Grafana's own depend on come as .mjs only.
  transform: { ...base.transform, '^.+\\.mjs$': transformer },
};
