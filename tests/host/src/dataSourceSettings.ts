/** The one data source of the page, as Grafana's settings describe it. */
import type { DataSourceInstanceSettings, DataSourceJsonData, PluginType } from '@grafana/data';
import { settings } from './settings';

interface JsonData extends DataSourceJsonData {
  httpMethod: string;
  timeInterval: string;
}

export const DATA_SOURCE: DataSourceInstanceSettings<JsonData> = {
  id: 1,
  uid: 'prometheus',
  name: 'Prometheus',
  type: 'prometheus',
  access: 'proxy',
  readOnly: true,
  isDefault: true,
  url: '/api/datasources/proxy/uid/prometheus',
  jsonData: { httpMethod: 'POST', timeInterval: settings.scrapeInterval },
  meta: {
    id: 'prometheus',
    name: 'Prometheus',
    // The enum itself may not be imported: these settings are needed before Grafana's packages may be evaluated.
    type: 'datasource' as PluginType,
    module: 'core:plugin/prometheus',
    baseUrl: 'public/plugins/prometheus',
    metrics: true,
    backend: true,
    info: {
      author: { name: '' },
      description: '',
      links: [],
      logos: { large: '', small: '' },
      screenshots: [],
      updated: '',
      version: '',
    },
  },
};
