import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, LinkButton, useStyles2 } from '@grafana/ui';
import React from 'react';

import { copyText } from '../export/clipboard';
import { rowsToCsv } from '../export/csv';
import type { Row } from '../core/generated/timeline_panel';
import type { RowLink } from '../links/links';

interface Props {
  row: Row;
  links: RowLink[];
}

/** What can be done with a row: follow its links, take its numbers along. */
export function TooltipFooter({ row, links }: Props) {
  const styles = useStyles2(getStyles);
  const refused = links.filter(({ href }) => href === undefined);
  return (
    <div className={styles.footer}>
      {links.map(
        ({ title, href, newTab }) =>
          href !== undefined && (
            <LinkButton
              key={`${title} ${href}`}
              size="sm"
              variant="secondary"
              icon="external-link-alt"
              href={href}
              target={newTab ? '_blank' : undefined}
              rel={newTab ? 'noopener noreferrer' : undefined}
            >
              {title}
            </LinkButton>
          )
      )}
      <Button size="sm" variant="secondary" fill="text" icon="copy" onClick={() => void copyText(rowsToCsv([row]))}>
        {t('tooltip.copy', 'Copy as CSV')}
      </Button>
      {refused.map(({ title }) => (
        <p key={title} className={styles.refused}>
          {t('tooltip.refused', 'The link “{{title}}” is left out: its address may not be opened.', {
            title,
            interpolation: { escapeValue: false },
          })}
        </p>
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  footer: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    marginTop: theme.spacing(1),
    paddingTop: theme.spacing(1),
    borderTop: `1px solid ${theme.colors.border.weak}`,
  }),
  refused: css({ width: '100%', margin: 0, color: theme.colors.error.text }),
});
