/** Variables in texts: `$name` and `${name}`, from the scene and from the scoped variables of a request. */
import type { ScopedVars } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import { sceneGraph, type SceneObject, type VariableCustomFormatterFn } from '@grafana/scenes';

function replace(text = '', scopedVars?: ScopedVars, format?: string | VariableCustomFormatterFn): string {
  const scene = sceneOf(scopedVars);
  return scene ? sceneGraph.interpolate(scene, text, scopedVars, format) : text;
}

/** A scene travels in the scoped variables, wrapped so that it is not cloned. */
function sceneOf(scopedVars?: ScopedVars): SceneObject | undefined {
  const holder = scopedVars?.['__sceneObject']?.value as { valueOf: () => SceneObject } | undefined;
  return holder?.valueOf();
}

export const templates: TemplateSrv = {
  getVariables: () => [],
  replace,
  containsTemplate: (text) => /\$\{?\w+|\[\[\w+\]\]/.test(text ?? ''),
  updateTimeRange: () => undefined,
};
