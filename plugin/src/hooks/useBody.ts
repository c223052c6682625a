import { type PanelProps } from '@grafana/data';
import { type ComponentType, useEffect, useSyncExternalStore } from 'react';

import { CoreFailure, messageOf } from '../core/failure';
import { loadCore } from '../core/load';
import type { Options } from '../types';

export type Body = ComponentType<PanelProps<Options>>;

/** The panel's body once it is here, or why it could not be fetched. */
export interface Fetched {
  Body?: Body;
  failure?: CoreFailure;
}

/** Every panel of a page has the same body, so it is fetched once for all and told to all. */
let fetched: Fetched = {};
const listeners = new Set<() => void>();

/**
 * The panel's body, from a chunk of its own, and the core fetched beside it. Read from a store and not kept as state: it
 * may arrive between a panel's first render and its first effect. Not with `lazy` and `Suspense`: React holds back what
 * follows a fallback for a third of a second, which is longer than all the rest takes.
 *
 * @param attempt another number tries again
 */
export function useBody(attempt: number): Fetched {
  useEffect(() => {
    if (!fetched.Body) {
      // Whether it fails is for the session to find out; asking now only saves the wait for the script.
      loadCore().catch(() => undefined);
      void fetchBody().then(tell);
    }
  }, [attempt]);
  return useSyncExternalStore(subscribe, () => fetched);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(now: Fetched): void {
  // One that failed must not take away what another has brought meanwhile.
  if (!fetched.Body) {
    fetched = now;
    listeners.forEach((listener) => listener());
  }
}

async function fetchBody(): Promise<Fetched> {
  try {
    const { default: Body } = await import(/* webpackChunkName: "panel" */ '../components/CorePanel');
    return { Body };
  } catch (error) {
    return { failure: new CoreFailure('chunk', messageOf(error)) };
  }
}
