/**
 * Holds the dashboards against Grafana's own types, as far as they are public: `@grafana/schema` describes classic
 * dashboards and the options of core panels. Each dashboard becomes a literal in a small program, so that TypeScript also
 * finds fields that Grafana does not know.
 */
import { join } from 'node:path';
import ts from 'typescript';

import { inRoot } from '../../scripts/lib/paths.mjs';
import type { Dashboard } from './dashboard.ts';

const PANELCFG = '@grafana/schema/dist/esm/raw/composable';

const CORE: Record<string, [module: string, fieldConfig: boolean]> = {
  bargauge: ['bargauge/panelcfg/x/BarGaugePanelCfg_types.gen', false],
  stat: ['stat/panelcfg/x/StatPanelCfg_types.gen', false],
  table: ['table/panelcfg/x/TablePanelCfg_types.gen', true],
  text: ['text/panelcfg/x/TextPanelCfg_types.gen', false],
  timeseries: ['timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen', true],
};

function preamble(): string {
  const imports = Object.entries(CORE).map(
    ([name, [module]]) => `import type * as ${name} from '${PANELCFG}/${module}';`
  );
  const panels = Object.entries(CORE).map(([name, [, fieldConfig]]) => {
    const custom = fieldConfig ? `${name}.FieldConfig` : 'Record<string, never>';
    return `| { type: '${name}'; options?: Loose<${name}.Options>; fieldConfig?: Fields<${custom}> } & Loose<Omit<schema.Panel, 'type' | 'options' | 'fieldConfig'>>`;
  });
  return `
import type * as schema from '@grafana/schema';
${imports.join('\n')}

// JSON has no enumerations, and leaves out what has a default.
type Loose<T> = T extends string ? \`\${T}\` : T extends number ? number : T extends Array<infer U> ? Array<Loose<U>>
  : T extends object ? { [K in keyof T]?: Loose<T[K]> } : T;
type Fields<T> = { defaults: Loose<Omit<schema.FieldConfig, 'custom'>> & { custom?: Loose<T> };
  overrides: Loose<schema.FieldConfigSource['overrides']> };
type Panel = { type: 'flyteorg-workflowtimeline-panel' } & Loose<Omit<schema.Panel, 'type'>>
  ${panels.join('\n  ')};
type Row = { type: 'row'; panels: Panel[] } & Loose<Omit<schema.RowPanel, 'type' | 'panels'>>;
export type Shared = Loose<Omit<schema.Dashboard, 'panels' | 'id'>> & { id: null; panels: Array<Panel | Row>;
  __inputs: unknown; __elements: unknown; __requires: unknown };
`;
}

/** What the types have against the dashboards. */
export function schemaProblems(dashboards: Array<{ file: string; dashboard: Dashboard }>): string[] {
  const folder = inRoot('dashboards');
  const sources = new Map([[join(folder, 'shared-types.ts'), preamble()]]);
  for (const { file, dashboard } of dashboards) {
    const text = `import type { Shared } from './shared-types.ts';\nexport const dashboard: Shared = ${JSON.stringify(dashboard, undefined, 1)};\n`;
    sources.set(join(folder, `${file}.ts`), text);
  }
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (path) => sources.get(path) ?? readFile.call(host, path);
  host.fileExists = (path) => sources.has(path) || fileExists.call(host, path);
  host.getSourceFile = (path, target, ...rest) => {
    const text = sources.get(path);
    return text === undefined
      ? getSourceFile.call(host, path, target, ...rest)
      : ts.createSourceFile(path, text, target);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const { file, start = 0 } = diagnostic;
    const line = file ? file.text.slice(start, file.text.indexOf('\n', start)) : '';
    return `${file?.fileName ?? ''}: ${line}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`.slice(
      0,
      600
    );
  });
}
