import { css, cx } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { TimeZone } from '@grafana/schema';
import { IconButton, Portal, useStyles2, VizTooltipContainer } from '@grafana/ui';
import React, { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';

import { type Hover } from '../hooks/hover';
import { usePressOutside } from '../hooks/usePressOutside';
import type { RowLink } from '../links/links';
import { TooltipFacts } from './TooltipFacts';
import { TooltipFooter } from './TooltipFooter';
import { TooltipStages } from './TooltipStages';

const OFFSET = { x: 12, y: 12 };

interface Props {
  hover: Hover;
  /** It stays, takes the pointer and the focus, and has its links. */
  pinned: boolean;
  links: RowLink[];
  timeZone: TimeZone;
  /** Whether pod start is told apart from task execution. */
  podsApart: boolean;
  isDark: boolean;
  /** The rows, which say themselves what a press on them means and get the focus back. */
  rows: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** One row in full: what it is, its numbers, its stages, and how much of that is known how well. */
export function Tooltip(props: Props) {
  const styles = useStyles2(getStyles);
  const { hover, pinned, links, timeZone, podsApart, isDark, rows, onClose } = props;
  const { row, stages, x, y, by } = hover;
  const content = useRef<HTMLDivElement>(null);
  usePressOutside([content, rows], pinned, onClose);
  useEffect(() => {
    if (pinned) {
      content.current?.focus({ preventScroll: true });
    }
  }, [pinned, row.index]);
  const close = () => {
    rows.current?.focus({ preventScroll: true });
    onClose();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      // Grafana leaves the panel's view or its editor on Escape: only the next one is for that.
      event.stopPropagation();
      close();
    }
  };
  const help = stages.length === 1 ? row.stages.find((stage) => stage.id === stages[0])?.help : undefined;
  const role = pinned ? { role: 'dialog', 'aria-label': row.name } : { role: 'tooltip' };
  return (
    <Portal>
      <VizTooltipContainer
        className={cx(styles.container, pinned && styles.pinned)}
        position={{ x, y }}
        offset={OFFSET}
        allowPointerEvents={pinned}
        {...role}
        aria-live={by === 'keyboard' && !pinned ? 'polite' : 'off'}
      >
        <div ref={content} className={styles.content} tabIndex={pinned ? -1 : undefined} onKeyDown={press}>
          {pinned && (
            <IconButton
              className={styles.close}
              name="times"
              size="md"
              aria-label={t('tooltip.close', 'Close')}
              onClick={close}
            />
          )}
          <TooltipFacts hover={hover} timeZone={timeZone} />
          <TooltipStages row={row} highlighted={stages} podsApart={podsApart} isDark={isDark} />
          {help && <p className={styles.help}>{help}</p>}
          {row.notes.map((note) => (
            <p key={note} className={styles.note}>
              {note}
            </p>
          ))}
          <p className={styles.tier}>{row.tierText}</p>
          {pinned ? (
            <TooltipFooter row={row} links={links} />
          ) : (
            links.length > 0 && <p className={styles.tier}>{t('tooltip.pin', 'Click or press Enter for its links.')}</p>
          )}
        </div>
      </VizTooltipContainer>
    </Portal>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const paragraph = { margin: theme.spacing(0.75, 0, 0) };
  return {
    container: css({
      maxWidth: 'min(480px, 95vw)',
      fontSize: theme.typography.bodySmall.fontSize,
      // Grafana's container glides to each new place, which lags behind the row it is about.
      transition: 'none !important',
    }),
    pinned: css({ border: `1px solid ${theme.colors.border.strong}`, boxShadow: theme.shadows.z3 }),
    content: css({
      // The container's own padding and a margin to the window's edges.
      maxHeight: 'calc(100vh - 48px)',
      overflow: 'auto',
      outline: 'none',
    }),
    close: css({ float: 'right', margin: theme.spacing(0, 0, 0, 1) }),
    help: css(paragraph),
    note: css({ ...paragraph, color: theme.colors.warning.text }),
    tier: css({ ...paragraph, color: theme.colors.text.secondary }),
  };
};
