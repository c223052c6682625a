import { type PanelProps } from '@grafana/data';
import { type ComponentType, useEffect, useState } from 'react';

import { CoreFailure, messageOf } from '../core/failure';
import { loadCore } from '../core/load';
import type { Options } from '../types';

export type Body = ComponentType<PanelProps<Options>>;

/** The panel's body once it is here, or why it could not be fetched. */
export interface Fetched {
  Body?: Body;
  failure?: CoreFailure;
}

let fetched: Fetched = {};

/**
 * Fetches the panel's body when a panel is first shown, and the core beside it. Not with `lazy` and `Suspense`:
 * React holds back what follows a fallback for a third of a second, which is longer than all the rest takes.
 *
 * @param attempt another number tries again
 */
export function useBody(attempt: number): Fetched {
  const [state, setState] = useState(fetched);
  useEffect(() => {
    let mounted = true;
    if (!fetched.Body) {
      // Whether it fails is for the session to find out; asking now only saves the wait for the script.
      loadCore().catch(() => undefined);
      void fetchBody().then((now) => mounted && setState(now));
    }
    return () => {
      mounted = false;
    };
  }, [attempt]);
  return state;
}

async function fetchBody(): Promise<Fetched> {
  try {
    const { default: Body } = await import(/* webpackChunkName: "panel" */ '../components/CorePanel');
    fetched = { Body };
    return fetched;
  } catch (error) {
    return { failure: new CoreFailure('chunk', messageOf(error)) };
  }
}
