/** Loads the built plugin as Grafana does: an AMD module by a script tag, through SystemJS. */
import 'systemjs/dist/system';
import 'systemjs/dist/extras/amd';
import 'systemjs/dist/extras/named-register';
import type { PanelPlugin, PanelPluginMeta } from '@grafana/data';
import { loadPhrases, type Languages } from './language';
import { settings } from './settings';
import { sharedDependencies } from './sharedDependencies';

const PREFIX = 'package:';

export function shareDependencies(): void {
  const names = Object.keys(sharedDependencies);
  names.forEach((name) => System.set(PREFIX + name, sharedDependencies[name] as System.Module));
  System.addImportMap({ imports: Object.fromEntries(names.map((name) => [name, PREFIX + name])) });
}

/** @throws Error that says which step failed, and what to do about it */
export async function loadPanelPlugin(id: string): Promise<PanelPlugin> {
  const baseUrl = settings.pluginUrl;
  const meta = await readMeta(id);
  await loadPhrases(meta as Languages, baseUrl);
  const module = `${baseUrl}/module.js`;
  const exports = (await System.import(module).catch((error: unknown) => {
    throw new Error(`${module} did not load: ${error instanceof Error ? error.message : String(error)}`);
  })) as { plugin?: PanelPlugin };
  const plugin = await exports.plugin;
  if (!plugin) {
    throw new Error(`${module} exports no "plugin"; it exports ${Object.keys(exports).join(', ') || 'nothing'}`);
  }
  // The registry of field options reads the name, so the description must be there first.
  plugin.meta = { ...meta, module, baseUrl };
  return plugin;
}

/** From the page's own server, wherever the files are: Grafana writes it into its page. */
async function readMeta(id: string): Promise<PanelPluginMeta> {
  const file = `${settings.root}public/plugins/${id}/plugin.json`;
  const response = await fetch(file);
  if (!response.ok) {
    throw new Error(`no built plugin ${id}: ${file} answers ${response.status}. Build the plugin first.`);
  }
  return { sort: 100, skipDataQuery: false, ...((await response.json()) as Omit<PanelPluginMeta, 'sort'>) };
}
