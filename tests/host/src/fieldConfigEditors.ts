/** The standard field options (unit, decimals, …): which there are, how each is edited and how each is applied. */
import {
  booleanOverrideProcessor,
  dataLinksOverrideProcessor,
  displayNameOverrideProcessor,
  FieldConfigProperty,
  FieldType,
  identityOverrideProcessor,
  numberOverrideProcessor,
  stringOverrideProcessor,
  thresholdsOverrideProcessor,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
  type Field,
  type FieldConfigPropertyItem,
} from '@grafana/data';
import type { ComponentType } from 'react';
import { BooleanEditor, FieldColorEditor, JsonEditor, NumberEditor, TextEditor, UnitEditor } from './optionEditors';

const always = () => true;
const numeric = (field: Field) => field.type === FieldType.number;

function property(
  id: FieldConfigProperty,
  name: string,
  editor: ComponentType<never>,
  process: unknown,
  more: Partial<FieldConfigPropertyItem> = {}
): FieldConfigPropertyItem {
  return {
    id,
    path: id,
    name,
    editor: editor as ComponentType,
    override: editor as ComponentType,
    process: process as FieldConfigPropertyItem['process'],
    shouldApply: always,
    category: ['Standard options'],
    ...more,
  } as FieldConfigPropertyItem;
}

export const fieldConfigEditors = (): FieldConfigPropertyItem[] => [
  property(FieldConfigProperty.Unit, 'Unit', UnitEditor, unitOverrideProcessor, { shouldApply: numeric }),
  property(FieldConfigProperty.Min, 'Min', NumberEditor, numberOverrideProcessor, { shouldApply: numeric }),
  property(FieldConfigProperty.Max, 'Max', NumberEditor, numberOverrideProcessor, { shouldApply: numeric }),
  property(FieldConfigProperty.FieldMinMax, 'Field min/max', BooleanEditor, booleanOverrideProcessor, {
    shouldApply: numeric,
  }),
  property(FieldConfigProperty.Decimals, 'Decimals', NumberEditor, numberOverrideProcessor, { shouldApply: numeric }),
  property(FieldConfigProperty.DisplayName, 'Display name', TextEditor, displayNameOverrideProcessor),
  property(FieldConfigProperty.NoValue, 'No value', TextEditor, stringOverrideProcessor),
  property(FieldConfigProperty.Color, 'Colour', FieldColorEditor, identityOverrideProcessor),
  property(FieldConfigProperty.Mappings, 'Value mappings', JsonEditor, valueMappingsOverrideProcessor, {
    defaultValue: [],
    category: ['Value mappings'],
  }),
  property(FieldConfigProperty.Thresholds, 'Thresholds', JsonEditor, thresholdsOverrideProcessor, {
    shouldApply: numeric,
    category: ['Thresholds'],
  }),
  property(FieldConfigProperty.Links, 'Data links', JsonEditor, dataLinksOverrideProcessor, {
    defaultValue: [],
    category: ['Data links'],
  }),
  property(FieldConfigProperty.Actions, 'Actions', JsonEditor, identityOverrideProcessor, {
    defaultValue: [],
    category: ['Actions'],
  }),
  property(FieldConfigProperty.Filterable, 'Filterable', BooleanEditor, booleanOverrideProcessor, {
    hideFromDefaults: true,
  }),
];
