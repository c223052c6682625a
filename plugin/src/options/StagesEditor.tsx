import { type StandardEditorProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, FieldValidationMessage, TextArea } from '@grafana/ui';
import React, { useEffect, useState } from 'react';

import { loadCore } from '../core/load';
import type { Options } from '../types';

/** What an empty option offers: each kind of thing that can be said, once. */
const EXAMPLE = `{
  "stages": [
    // A part of the task that your code measures itself, taken off there.
    {
      "name": "Result upload",
      "metric": "train:upload_seconds",
      "owner": "user",
      "colour": { "dark": "#f2a0c9", "light": "#a8326f" },
      "partOf": "task",
      "help": "Time in which the task wrote its results."
    },
    // A built-in stage by another name.
    { "id": "queueing", "name": "Propeller's queue" }
  ]
}
`;

/** What an option that says nothing shows. */
const SHAPE = '{ "stages": [ … ], "metrics": { … } }';

/** Edits the user's own stages as JSON, and says at once what is wrong with it. */
export function StagesEditor({ value, onChange, id }: StandardEditorProps<string, unknown, Options>) {
  const [draft, setDraft] = useState(value ?? '');
  const errors = useErrors(draft);
  const insertExample = () => {
    setDraft(EXAMPLE);
    onChange(EXAMPLE);
  };
  return (
    <>
      <TextArea
        id={id}
        rows={draft === '' ? 3 : 14}
        value={draft}
        placeholder={SHAPE}
        invalid={errors.length > 0}
        spellCheck={false}
        style={{ fontFamily: 'monospace', whiteSpace: 'pre', overflowX: 'auto' }}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={() => onChange(draft)}
      />
      {draft === '' && (
        <Button size="sm" variant="secondary" fill="text" onClick={insertExample}>
          {t('options.stages.example', 'Insert an example')}
        </Button>
      )}
      {errors.map((error) => (
        <FieldValidationMessage key={error}>{error}</FieldValidationMessage>
      ))}
    </>
  );
}

/** What is wrong with the text: where it is no JSON, or what the core finds in it. */
function useErrors(draft: string): string[] {
  const [errors, setErrors] = useState<string[]>([]);
  useEffect(() => {
    let current = true;
    check(draft).then(
      (found) => current && setErrors(found),
      // Without its parts the panel says itself that something could not be fetched.
      () => current && setErrors([])
    );
    return () => {
      current = false;
    };
  }, [draft]);
  return errors;
}

async function check(draft: string): Promise<string[]> {
  const { parseStages } = await import(/* webpackChunkName: "panel" */ '../core/stages');
  const { json, error } = parseStages(draft);
  return error ? [error] : (await loadCore()).checkStages(json);
}
