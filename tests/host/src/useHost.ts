/** The host's model, for the page's components. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { HostModel, HostState } from './host';

export const HostContext = createContext<HostModel | undefined>(undefined);

export function useHostModel(): HostModel {
  const model = useContext(HostContext);
  if (!model) {
    throw new Error('this component needs a HostContext around it');
  }
  return model;
}

export function useHostState(): HostState {
  const { state } = useHostModel();
  return useSyncExternalStore(
    (changed) => {
      const subscription = state.subscribe(changed);
      return () => subscription.unsubscribe();
    },
    () => state.value
  );
}
