import { useCallback, useMemo, useState } from 'react';

import type { Arrangement } from '../core/generated/timeline_panel';
import type { Options } from '../types';

/** How the rows are arranged, and what a reader does about it beside the options: that is not kept with the dashboard. */
interface Arranging {
  arrangement: Arrangement;
  search: string;
  setSearch: (words: string) => void;
  /** Opens what is closed and closes what is open, by the row's key. */
  toggle: (key: string) => void;
  /** Closes all groups, or opens them; rows that were opened are closed again. */
  closeAll: (closed: boolean) => void;
}

export function useArrangement(options: Options): Arranging {
  const { mode, group, sort, descending, hidden, minimumSeconds, failedOnly, scale } = options;
  const { objectiveSeconds, budgetPercent } = options;
  const [search, setSearch] = useState('');
  const [{ closed, toggled }, setOpened] = useState(USUAL);

  const wanted = useMemo(
    () => ({
      ...{ mode, group, sort, descending, hidden, failedOnly, scale },
      minimum: minimumSeconds * 1000,
      objective: objectiveSeconds > 0 ? objectiveSeconds * 1000 : undefined,
      budget: budgetPercent > 0 ? budgetPercent / 100 : undefined,
    }),
    [mode, group, sort, descending, hidden, failedOnly, scale, minimumSeconds, objectiveSeconds, budgetPercent]
  );
  const arrangement = useMemo(
    (): Arrangement => ({ ...wanted, search, closed, toggled }),
    [wanted, search, closed, toggled]
  );

  const toggle = useCallback((key: string) => setOpened((old) => ({ ...old, toggled: without(old.toggled, key) })), []);
  const closeAll = useCallback((closed: boolean) => setOpened({ closed, toggled: [] }), []);
  return { arrangement, search, setSearch, toggle, closeAll };
}

const USUAL: { closed: boolean; toggled: string[] } = { closed: false, toggled: [] };

/** The keys without this one, or with it where it was not among them. */
function without(keys: string[], key: string): string[] {
  const others = keys.filter((other) => other !== key);
  return others.length === keys.length ? [...keys, key] : others;
}
