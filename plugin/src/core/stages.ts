import { t } from '@grafana/i18n';
import { parse, type ParseError, printParseErrorCode } from 'jsonc-parser';

/** What the user wrote about stages. */
export interface Stages {
  /** The JSON as a value, which the core reads; absent where nothing was written or nothing can be read. */
  json?: unknown;
  /** Where the text is no JSON, in a sentence that names the line. */
  error?: string;
}

/** Reads the option's text. Comments and trailing commas are welcome: a person writes it. */
export function parseStages(text: string): Stages {
  if (text.trim() === '') {
    return {};
  }
  const errors: ParseError[] = [];
  const json: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  return first ? { error: sentence(text, first) } : { json };
}

function sentence(text: string, { error, offset }: ParseError): string {
  const before = text.slice(0, offset).split('\n');
  return t('stages.no-json', 'Option “Stages”, line {{line}}, column {{column}}: no JSON ({{reason}}).', {
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    // `CommaExpected` as `comma expected`.
    reason: printParseErrorCode(error)
      .replace(/(?<=.)[A-Z]/g, (letter) => ` ${letter}`)
      .toLowerCase(),
    interpolation: { escapeValue: false },
  });
}
