import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { ColorPicker, useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';

import { Swatch } from './Swatch';

interface Props {
  /** The stage's name. */
  stage: string;
  color: string;
  /** An outline instead of a filled square: the stage is switched off. */
  hollow: boolean;
  onChange: (colour: string | undefined) => void;
}

/** A stage's colour, with Grafana's picker behind it. */
export function StageColour({ stage, color, hollow, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  return (
    <ColorPicker color={color} onChange={(picked) => onChange(theme.visualization.getColorByName(picked))}>
      {({ ref, showColorPicker, hideColorPicker }) => (
        <button
          type="button"
          // Typed for a class component of old.
          ref={ref as React.RefObject<HTMLButtonElement>}
          className={styles}
          aria-label={t('legend.colour', 'Colour of {{stage}}', { stage, interpolation: { escapeValue: false } })}
          onClick={showColorPicker}
          onMouseLeave={hideColorPicker}
        >
          <Swatch color={color} hollow={hollow} />
        </button>
      )}
    </ColorPicker>
  );
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'inline-flex',
    padding: theme.spacing(0.375, 0, 0.375, 0.375),
    border: 'none',
    borderRadius: theme.shape.radius.default,
    background: 'none',
    '&:hover': { background: theme.colors.action.hover },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -1 },
    '& > span': { marginRight: theme.spacing(0.375) },
  });
