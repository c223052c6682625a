/** Nothing of AngularJS, which Grafana no longer has. @module */
import { error, textOf } from '../plugin.mjs';

const MARKS = [
  'PanelCtrl',
  'QueryCtrl',
  'QueryOptionsCtrl',
  'app/plugins/sdk',
  'MetricsPanelCtrl',
  'angular.isNumber',
  'ctrl.annotation',
  'getLegacyAngularInjector',
];

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'legacyplatform',
  check(plugin) {
    const text = textOf(plugin, 'module.js') ?? '';
    return MARKS.filter((mark) => text.includes(mark)).map((mark) => error(`module.js uses ${mark} of AngularJS`));
  },
};
