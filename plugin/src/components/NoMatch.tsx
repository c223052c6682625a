import { t } from '@grafana/i18n';
import { Button } from '@grafana/ui';
import React from 'react';

import { EmptyState } from './EmptyState';

interface Props {
  /** Rows that there would be. */
  of: number;
  search: string;
  minimumSeconds: number;
  failedOnly: boolean;
  /** Takes the search and the panel's filters away. */
  onShowAll: () => void;
}

/** In place of the rows: there are some, and the search or a filter of the panel lets none through. */
export function NoMatch({ of, search, minimumSeconds, failedOnly, onShowAll }: Props) {
  const plain = { interpolation: { escapeValue: false } };
  const reasons = [
    search !== '' && t('no-match.search', 'The search asks for “{{search}}”.', { search, ...plain }),
    failedOnly && t('no-match.failed', '“Failed runs only” is on.'),
    minimumSeconds > 0 &&
      t('no-match.minimum', '“Shortest row” leaves out what takes less than {{minimumSeconds}} s.', { minimumSeconds }),
  ];
  return (
    <EmptyState
      title={t('no-match.title', 'None of the {{of}} rows matches', { of })}
      details={reasons.filter((reason) => reason !== false)}
      action={
        <Button size="sm" variant="secondary" onClick={onShowAll}>
          {t('no-match.all', 'Show all rows')}
        </Button>
      }
    />
  );
}
