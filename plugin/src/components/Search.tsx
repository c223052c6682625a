import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import React, { type KeyboardEvent, type RefObject } from 'react';

interface Props {
  value: string;
  box: RefObject<HTMLInputElement | null>;
  /** For a narrow panel. */
  narrow: boolean;
  onChange: (words: string) => void;
  /** Back to the rows. */
  onLeave: () => void;
}

/** Words that rows have to hold. Escape empties it, and then leads back to the rows; Enter leads back at once. */
export function Search({ value, box, narrow, onChange, onLeave }: Props) {
  const styles = useStyles2(getStyles);
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || (event.key === 'Escape' && value === '')) {
      onLeave();
    } else if (event.key === 'Escape') {
      onChange('');
    } else {
      return;
    }
    event.preventDefault();
    // Grafana would leave the panel's view.
    event.stopPropagation();
  };
  return (
    <input
      ref={box}
      type="search"
      className={styles}
      style={{ width: narrow ? 80 : 130 }}
      value={value}
      placeholder={narrow ? t('search.short', 'Search') : t('search.placeholder', 'Search ( / )')}
      aria-label={t('search.label', 'Search rows by name, workflow, project, domain, node or state')}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={press}
    />
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    height: 22,
    padding: theme.spacing(0, 1),
    border: `1px solid ${theme.components.input.borderColor}`,
    borderRadius: theme.shape.radius.default,
    background: theme.components.input.background,
    color: theme.components.input.text,
    font: 'inherit',
    '&::placeholder': { color: theme.colors.text.secondary },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -1 },
  });
