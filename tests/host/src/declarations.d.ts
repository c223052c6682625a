declare module 'grafana-panel-data-error-view' {
  import type { PanelDataErrorViewProps } from '@grafana/runtime';
  export function setPanelDataErrorView(view: import('react').ComponentType<PanelDataErrorViewProps>): void;
}
declare module 'systemjs/dist/system';
declare module 'systemjs/dist/extras/amd';
declare module 'systemjs/dist/extras/named-register';
