/** The panel's queries. A change runs them. */
import { Button, Field, Input, RadioButtonGroup, Stack, TextArea } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { useHostModel, useHostState } from './useHost';
import type { ViewQuery } from './view';

const FORMATS = [
  { value: 'time_series' as const, label: 'Time series' },
  { value: 'table' as const, label: 'Table' },
];
const TYPES = [
  { value: 'range' as const, label: 'Range' },
  { value: 'instant' as const, label: 'Instant' },
  { value: 'both' as const, label: 'Both' },
];
type QueryType = (typeof TYPES)[number]['value'];

const typeOf = ({ instant, range }: ViewQuery): QueryType => (instant ? (range ? 'both' : 'instant') : 'range');
const flagsOf = (type: QueryType) => ({ instant: type !== 'range', range: type !== 'instant' });

export function QueriesPane() {
  const model = useHostModel();
  const { queries } = useHostState().view;
  const replace = (changed: ViewQuery) => {
    void model.set({ queries: queries.map((query) => (query.refId === changed.refId ? changed : query)) });
  };
  const add = () => void model.set({ queries: [...queries, { refId: nextRefId(queries), expr: '', range: true }] });
  return (
    <Stack direction="column" gap={2}>
      {queries.map((query) => (
        <QueryFields key={query.refId} query={query} onChange={replace} />
      ))}
      <div>
        <Button icon="plus" variant="secondary" onClick={add}>
          Add query
        </Button>
      </div>
    </Stack>
  );
}

function QueryFields({ query, onChange }: { query: ViewQuery; onChange: (query: ViewQuery) => void }) {
  const { refId } = query;
  const text = (key: 'expr' | 'legendFormat' | 'interval') => ({
    value: query[key] ?? '',
    commit: (value: string) => onChange({ ...query, [key]: value }),
  });
  return (
    <div data-testid={`query-${refId}`}>
      <Field label={`Query ${refId}`} htmlFor={`query-${refId}-expr`}>
        <Draft id={`query-${refId}-expr`} rows={3} {...text('expr')} />
      </Field>
      <Stack direction="row" gap={1}>
        <Field label="Legend" htmlFor={`query-${refId}-legend`}>
          <Draft id={`query-${refId}-legend`} width={26} {...text('legendFormat')} />
        </Field>
        <Field label="Min step" htmlFor={`query-${refId}-step`}>
          <Draft id={`query-${refId}-step`} width={12} {...text('interval')} />
        </Field>
      </Stack>
      <Stack direction="row" gap={1} wrap="wrap">
        <RadioButtonGroup
          size="sm"
          aria-label={`Format of ${refId}`}
          value={query.format ?? 'time_series'}
          options={FORMATS}
          onChange={(format) => onChange({ ...query, format })}
        />
        <RadioButtonGroup
          size="sm"
          aria-label={`Type of ${refId}`}
          value={typeOf(query)}
          options={TYPES}
          onChange={(type) => onChange({ ...query, ...flagsOf(type) })}
        />
      </Stack>
    </div>
  );
}

interface DraftProps {
  id: string;
  value: string;
  commit: (value: string) => void;
  /** In multiples of 8 pixels. */
  width?: number;
  /** More than one line. */
  rows?: number;
}

/** Text that is taken over when the box is left, or with Enter (in a box of several lines with Ctrl+Enter). */
function Draft({ id, value, commit, rows, width }: DraftProps) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const done = () => draft !== value && commit(draft);
  const common = { id, value: draft, onBlur: done };
  return rows ? (
    <TextArea
      {...common}
      rows={rows}
      spellCheck={false}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && event.ctrlKey && done()}
    />
  ) : (
    <Input
      {...common}
      width={width}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && done()}
    />
  );
}

function nextRefId(queries: ViewQuery[]): string {
  const used = new Set(queries.map(({ refId }) => refId));
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  return letters.find((letter) => !used.has(letter)) ?? `Q${queries.length + 1}`;
}
