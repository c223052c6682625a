import { type StandardEditorProps } from '@grafana/data';
import { FieldValidationMessage, TextArea } from '@grafana/ui';
import React, { useState } from 'react';

import { parseMetrics } from '../core/metrics';
import type { Options } from '../types';

const EXAMPLE = 'B = queueing_latency_ms_sum\nC = queueing_latency_ms_count';

/** Edits the metric of each query as text, and says at once which line can't be understood. */
export function MetricsEditor({ value, onChange, id }: StandardEditorProps<string, unknown, Options>) {
  const [draft, setDraft] = useState(value ?? '');
  const { errors } = parseMetrics(draft);
  return (
    <>
      <TextArea
        id={id}
        rows={4}
        value={draft}
        placeholder={EXAMPLE}
        invalid={errors.length > 0}
        spellCheck={false}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={() => onChange(draft)}
      />
      {errors.map((error) => (
        <FieldValidationMessage key={error}>{error}</FieldValidationMessage>
      ))}
    </>
  );
}
