/** What a panel shows, through `PanelDataErrorView`, when its data is not what it can draw. */
import { FieldType } from '@grafana/data';
import type { PanelDataErrorViewProps } from '@grafana/runtime';

export function PanelDataErrorView(props: PanelDataErrorViewProps) {
  return (
    <div style={{ display: 'grid', placeItems: 'center', height: '100%', textAlign: 'center' }}>{messageOf(props)}</div>
  );
}

function messageOf({
  message,
  data,
  needsTimeField,
  needsNumberField,
  needsStringField,
  fieldConfig,
}: PanelDataErrorViewProps) {
  const has = (wanted: FieldType) => data.series.some(({ fields }) => fields.some(({ type }) => type === wanted));
  if (message) {
    return message;
  }
  if (data.series.every(({ length }) => length === 0)) {
    return fieldConfig?.defaults.noValue ?? 'No data';
  }
  if (needsTimeField && !has(FieldType.time)) {
    return 'Data is missing a time field';
  }
  if (needsNumberField && !has(FieldType.number)) {
    return 'Data is missing a number field';
  }
  return needsStringField && !has(FieldType.string) ? 'Data is missing a string field' : 'Cannot visualize data';
}
