/** The editors that a plugin's options name by id. Grafana keeps its own in the application, so these are ours. */
import type { StandardEditorProps, StandardEditorsRegistryItem } from '@grafana/data';
import {
  ColorPicker,
  Combobox,
  Input,
  MultiCombobox,
  RadioButtonGroup,
  Slider,
  Switch,
  TextArea,
  UnitPicker,
} from '@grafana/ui';
import { useEffect, useState, type ComponentType } from 'react';

interface Choice {
  value: string;
  label?: string;
  description?: string;
}
interface NumberSettings {
  min?: number;
  max?: number;
  step?: number;
  integer?: boolean;
  placeholder?: string;
}
interface TextSettings {
  placeholder?: string;
  maxLength?: number;
  useTextarea?: boolean;
  rows?: number;
}
interface ChoiceSettings {
  options?: Choice[];
  getOptions?: (context: StandardEditorProps['context']) => Promise<Choice[]>;
  allowCustomValue?: boolean;
  isClearable?: boolean;
}

/** Text that is taken over when the user leaves the box or presses Enter, as in Grafana. */
function useDraft(value: string, commit: (text: string) => void) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const done = () => draft !== value && commit(draft);
  return {
    value: draft,
    onChange: (event: { currentTarget: { value: string } }) => setDraft(event.currentTarget.value),
    done,
  };
}

function TextEditor({ value, onChange, item, id }: StandardEditorProps<string, TextSettings>) {
  const { done, ...draft } = useDraft(value ?? '', (text) => onChange(text === '' ? undefined : text));
  const { placeholder, maxLength, useTextarea, rows } = item.settings ?? {};
  if (useTextarea) {
    return <TextArea id={id} {...draft} onBlur={done} placeholder={placeholder} maxLength={maxLength} rows={rows} />;
  }
  return (
    <Input
      id={id}
      {...draft}
      onBlur={done}
      onKeyDown={(event) => event.key === 'Enter' && done()}
      placeholder={placeholder}
      maxLength={maxLength}
    />
  );
}

function NumberEditor({ value, onChange, item, id }: StandardEditorProps<number, NumberSettings>) {
  const { min, max, step, integer, placeholder } = item.settings ?? {};
  const commit = (text: string) => {
    const number = text.trim() === '' ? undefined : Number(text);
    const clamped = number === undefined ? undefined : Math.min(max ?? Infinity, Math.max(min ?? -Infinity, number));
    onChange(clamped !== undefined && integer ? Math.round(clamped) : clamped);
  };
  const { done, ...draft } = useDraft(value === undefined ? '' : String(value), commit);
  return (
    <Input
      id={id}
      type="number"
      {...draft}
      onBlur={done}
      onKeyDown={(event) => event.key === 'Enter' && done()}
      min={min}
      max={max}
      step={step}
      placeholder={placeholder}
    />
  );
}

function SliderEditor({ value, onChange, item }: StandardEditorProps<number, NumberSettings>) {
  const { min = 0, max = 100, step } = item.settings ?? {};
  return <Slider value={value ?? min} min={min} max={max} step={step} onAfterChange={onChange} />;
}

function BooleanEditor({ value, onChange, id }: StandardEditorProps<boolean>) {
  return <Switch id={id} value={value ?? false} onChange={(event) => onChange(event.currentTarget.checked)} />;
}

function useChoices({
  item,
  context,
}: Pick<StandardEditorProps<unknown, ChoiceSettings>, 'item' | 'context'>): Choice[] {
  const settings = item.settings;
  const [asked, setAsked] = useState<Choice[]>([]);
  useEffect(() => {
    settings?.getOptions?.(context).then(setAsked, () => setAsked([]));
    // The answer depends on the data alone; the context object is new on every draw.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settings, context.data]);
  return settings?.getOptions ? asked : (settings?.options ?? []);
}

function RadioEditor(props: StandardEditorProps<string, ChoiceSettings>) {
  return <RadioButtonGroup fullWidth value={props.value} options={useChoices(props)} onChange={props.onChange} />;
}

function SelectEditor(props: StandardEditorProps<string, ChoiceSettings>) {
  const { allowCustomValue, isClearable } = props.item.settings ?? {};
  const common = {
    id: props.id,
    value: props.value ?? null,
    options: useChoices(props),
    createCustomValue: allowCustomValue,
  };
  return isClearable ? (
    <Combobox {...common} isClearable onChange={(choice) => props.onChange(choice?.value)} />
  ) : (
    <Combobox {...common} onChange={(choice) => props.onChange(choice.value)} />
  );
}

function MultiSelectEditor(props: StandardEditorProps<string[], ChoiceSettings>) {
  return (
    <MultiCombobox
      id={props.id}
      value={props.value ?? []}
      options={useChoices(props)}
      createCustomValue={props.item.settings?.allowCustomValue}
      onChange={(choices) => props.onChange(choices.map(({ value }) => value))}
    />
  );
}

function ColorEditor({ value, onChange }: StandardEditorProps<string>) {
  return <ColorPicker color={value ?? 'gray'} onChange={onChange} enableNamedColors />;
}

function FieldColorEditor({ value, onChange }: StandardEditorProps<{ mode: string; fixedColor?: string }>) {
  const fixed = (fixedColor: string) => onChange({ ...value, mode: 'fixed', fixedColor });
  return <ColorPicker color={value?.fixedColor ?? 'gray'} onChange={fixed} enableNamedColors />;
}

function UnitEditor({ value, onChange }: StandardEditorProps<string>) {
  return <UnitPicker value={value} onChange={onChange} />;
}

/** One text per line. */
function StringsEditor({ value, onChange, item, id }: StandardEditorProps<string[], TextSettings>) {
  const lines = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
  const { done, ...draft } = useDraft((value ?? []).join('\n'), (text) => onChange(lines(text)));
  return (
    <TextArea id={id} {...draft} onBlur={done} rows={3} placeholder={item.settings?.placeholder ?? 'one per line'} />
  );
}

function FieldNameEditor({ value, onChange, context, id }: StandardEditorProps<string>) {
  const names = [...new Set(context.data.flatMap(({ fields }) => fields.map(({ name }) => name)))].sort();
  const options = names.map((name) => ({ value: name, label: name }));
  return (
    <Combobox
      id={id}
      value={value ?? null}
      options={options}
      isClearable
      onChange={(choice) => onChange(choice?.value)}
    />
  );
}

/** For values that have no editor here (mappings, thresholds, links): their JSON. */
function JsonEditor({ value, onChange, id }: StandardEditorProps<unknown>) {
  const commit = (text: string) => {
    try {
      onChange(text.trim() === '' ? undefined : JSON.parse(text));
    } catch {
      // Half-typed JSON is nobody's fault; the box keeps the text until it can be read.
    }
  };
  const { done, ...draft } = useDraft(value === undefined ? '' : JSON.stringify(value), commit);
  return <TextArea id={id} {...draft} onBlur={done} rows={2} placeholder="JSON" />;
}

const item = (id: string, editor: ComponentType<never>): StandardEditorsRegistryItem => ({
  id,
  name: id,
  editor: editor as ComponentType<StandardEditorProps>,
});

export { BooleanEditor, FieldColorEditor, JsonEditor, NumberEditor, TextEditor, UnitEditor };

export const optionEditors = (): StandardEditorsRegistryItem[] => [
  item('text', TextEditor),
  item('number', NumberEditor),
  item('slider', SliderEditor),
  item('boolean', BooleanEditor),
  item('radio', RadioEditor),
  item('select', SelectEditor),
  item('multi-select', MultiSelectEditor),
  item('color', ColorEditor),
  item('fieldColor', FieldColorEditor),
  item('unit', UnitEditor),
  item('strings', StringsEditor),
  item('field-name', FieldNameEditor),
  item('timezone', TextEditor),
  item('stats-picker', StringsEditor),
  item('dashboard-uid', TextEditor),
  item('mappings', JsonEditor),
  item('thresholds', JsonEditor),
  item('links', JsonEditor),
  item('actions', JsonEditor),
];
