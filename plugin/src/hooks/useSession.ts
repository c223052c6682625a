import { useEffect, useState, useSyncExternalStore } from 'react';

import { Session, type Snapshot } from '../core/session';

/** The panel's session, open for as long as the panel is mounted, and what it knows at the moment. */
export function useSession(): [Session, Snapshot] {
  const [session] = useState(() => new Session());
  useEffect(() => {
    void session.open();
    return () => session.close();
  }, [session]);
  return [session, useSyncExternalStore(session.subscribe, session.getSnapshot)];
}
