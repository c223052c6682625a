import type { Arrangement, Loaded, Request, Shown } from './generated/timeline_panel';
import { type Core, discardCore, loadCore } from './load';
import { Session } from './session';

jest.mock('./load', () => ({ loadCore: jest.fn(), discardCore: jest.fn() }));

const REQUEST: Request = { from: 0, to: 1, metrics: {}, rows: 'best' };
const ARRANGEMENT: Arrangement = { sort: 'end', descending: true, hidden: [] };

const SHOWN: Shown = {
  rows: 0,
  matched: 0,
  of: 0,
  statistics: { count: 0, excluded: '', text: '0 rows', owners: [] },
  stages: [],
};

/** A core that notes what is asked of it, and traps when it is told to. */
function notingCore() {
  const asked: string[] = [];
  const control = { trap: false };
  class Timeline {
    constructor() {
      asked.push('new');
    }
    private note(what: string) {
      if (control.trap) {
        throw new WebAssembly.RuntimeError('unreachable');
      }
      asked.push(what);
    }
    load(): Loaded {
      this.note('load');
      return { rows: 0, series: 0, samples: 0, prefixes: [], tiers: [], stages: [], notices: [], shown: SHOWN };
    }
    arrange = () => (this.note('arrange'), SHOWN);
    contentHeight = () => (this.note('contentHeight'), 1);
    rows = () => (this.note('rows'), []);
    free = () => this.note('free');
  }
  return { core: { Timeline } as unknown as Core, asked, control };
}

describe('Session', () => {
  test('rows come in their order: an arrangement made before the data is applied to it', async () => {
    const { core, asked } = notingCore();
    jest.mocked(loadCore).mockResolvedValue(core);
    const session = new Session();
    session.arrange(ARRANGEMENT);
    await session.open();
    session.load([], REQUEST);
    expect(asked).toEqual(['new', 'arrange', 'load']);
    expect(session.getSnapshot()).toMatchObject({ status: 'ready', revision: 1 });
  });

  test('closing frees the timeline', async () => {
    const { core, asked } = notingCore();
    jest.mocked(loadCore).mockResolvedValue(core);
    const session = new Session();
    await session.open();
    session.close();
    expect(asked).toEqual(['new', 'free']);
    expect(session.rows(0, 1)).toEqual([]);
  });

  test('closing while the core is on its way makes no timeline', async () => {
    const { core, asked } = notingCore();
    jest.mocked(loadCore).mockResolvedValue(core);
    const session = new Session();
    const opening = session.open();
    session.close();
    await opening;
    expect(asked).toEqual([]);
  });

  test('a trap becomes a failure, and a retry a fresh core', async () => {
    const broken = notingCore();
    jest.mocked(loadCore).mockResolvedValue(broken.core);
    const session = new Session();
    await session.open();
    broken.control.trap = true;
    session.load([], REQUEST);
    expect(session.getSnapshot()).toMatchObject({ status: 'failed', failure: { kind: 'trap', detail: 'unreachable' } });
    expect(discardCore).toHaveBeenCalledWith(broken.core);
    expect(session.rows(0, 1)).toEqual([]);

    const fresh = notingCore();
    jest.mocked(loadCore).mockResolvedValue(fresh.core);
    await session.retry();
    expect(session.getSnapshot()).toMatchObject({ status: 'ready', failure: undefined });
    session.load([], REQUEST);
    expect(fresh.asked).toEqual(['new', 'load']);
  });

  test('a listener hears of every change until it leaves', async () => {
    const { core } = notingCore();
    jest.mocked(loadCore).mockResolvedValue(core);
    const session = new Session();
    const heard = jest.fn();
    const leave = session.subscribe(heard);
    await session.open();
    session.load([], REQUEST);
    leave();
    session.arrange(ARRANGEMENT);
    expect(heard).toHaveBeenCalledTimes(2);
  });
});
