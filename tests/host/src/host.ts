/**
 * The page's state: the view, the dashboard made of it, and how a new view reaches the old dashboard. What need not be
 * built anew is not, so that a changed option meets a panel that is alive, as in Grafana.
 */
import { createTheme, LoadingState, type FieldConfigSource } from '@grafana/data';
import { config, ThemeChangedEvent } from '@grafana/runtime';
import { isEqual } from 'lodash';
import { BehaviorSubject, filter, firstValueFrom } from 'rxjs';
import type { ComponentType } from 'react';
import { faultAt, type Catalogue } from './catalogue';
import { requestsInFlight } from './dataSource';
import type { Languages } from './language';
import { buildDashboard, queryState, sizeState, timeOfRange, timeState, type Dashboard } from './scene';
import { appEvents } from './singletons';
import { mergeView, writeHash, type PartialView, type View } from './view';

export interface HostState {
  view: View;
  dashboard: Dashboard;
}

interface HostParts {
  pluginId: string;
  /** Beside the time picker. */
  Buttons: ComponentType;
  catalogue: Catalogue;
}

export class HostModel {
  readonly state: BehaviorSubject<HostState>;
  readonly catalogue: Catalogue;
  private readonly parts: HostParts;
  private changing = 0;

  constructor(view: View, parts: HostParts) {
    this.parts = parts;
    this.catalogue = parts.catalogue;
    this.state = new BehaviorSubject({ view, dashboard: this.build(view) });
    this.follow();
  }

  get view(): View {
    return this.state.value.view;
  }

  get dashboard(): Dashboard {
    return this.state.value.dashboard;
  }

  /** Of the plugin, as its plugin.json names them. */
  get languages(): string[] {
    return (this.dashboard.panels[0]?.getPlugin()?.meta as Languages | undefined)?.languages ?? [];
  }

  /** Every panel has its plugin and the answer to its last question. */
  get isSettled(): boolean {
    const { panels, runners, others } = this.dashboard;
    const answered = [...runners, ...others].every(({ state }) => {
      return state.queries.length === 0 || (state.data !== undefined && state.data.state !== LoadingState.Loading);
    });
    return this.changing === 0 && requestsInFlight() === 0 && answered && panels.every((panel) => panel.getPlugin());
  }

  /** Merges a change over the view. @returns when the panels have what the change asks for */
  set(change: PartialView): Promise<void> {
    return this.apply(mergeView(this.view, change));
  }

  async apply(view: View): Promise<void> {
    const before = this.view;
    if (isEqual(before, view)) {
      return;
    }
    if (before.language !== view.language) {
      this.state.next({ view, dashboard: this.dashboard });
      this.writeAddress();
      location.reload();
      return;
    }
    this.changing += 1;
    try {
      setTheme(before, view);
      const rebuild = REBUILT.some((key) => !isEqual(before[key], view[key]));
      const dashboard = rebuild ? this.build(view) : this.dashboard;
      const answers = rebuild || asksAnew(before, view) ? this.nextAnswers(dashboard) : undefined;
      this.state.next({ view, dashboard });
      if (rebuild) {
        this.follow();
      } else {
        update(dashboard, before, view);
      }
      this.writeAddress();
      await answers;
    } finally {
      this.changing -= 1;
    }
  }

  /** Asks all queries again. @returns when they are answered */
  async refresh(): Promise<void> {
    const answers = this.nextAnswers(this.dashboard);
    this.dashboard.timeRange.onRefresh();
    await answers;
  }

  private build(view: View): Dashboard {
    return buildDashboard(view, this.parts.pluginId, this.parts.Buttons);
  }

  /** The address leads back to what is shown: its hash says all that a state or deployment before it would. */
  private writeAddress(): void {
    const fault = faultAt(this.catalogue, location.search);
    const search = fault ? `?${new URLSearchParams({ fault })}` : '';
    history.replaceState(history.state, '', `${location.pathname}${search}${writeHash(this.view)}`);
  }

  /** What is changed on the dashboard itself comes back into the view. */
  private follow(): void {
    const { timeRange, panels } = this.dashboard;
    timeRange.subscribeToState(({ value, timeZone }) => {
      if (this.take({ time: timeOfRange(value), timeZone: timeZone ?? this.view.timeZone })) {
        this.writeAddress();
      }
    });
    // A panel that gets its plugin fills in the defaults; that alone is no reason to change the address.
    panels[0]?.subscribeToState(({ options, fieldConfig }) => {
      this.take({ options: options as View['options'], fieldConfig: fieldConfig as FieldConfigSource });
    });
  }

  private take(change: Partial<View>): boolean {
    const view = { ...this.view, ...change };
    const differs = !isEqual(view, this.view);
    if (differs) {
      this.state.next({ view, dashboard: this.dashboard });
    }
    return differs;
  }

  private async nextAnswers({ runners }: Dashboard): Promise<void> {
    await Promise.all(
      runners
        .filter(({ state }) => state.queries.length > 0 || this.view.queries.length > 0)
        .map((runner) => {
          const held = runner.state.data;
          return firstValueFrom(
            runner.getResultsStream().pipe(filter(({ data }) => data !== held && data.state !== LoadingState.Loading)),
            { defaultValue: undefined }
          );
        })
    );
  }
}

/** What an existing dashboard cannot take in. */
const REBUILT = ['panels', 'transformations', 'variables', 'annotations', 'beside'] as const;

const asksAnew = (before: View, view: View) => {
  return (['queries', 'streaming', 'time', 'timeZone'] as const).some((key) => !isEqual(before[key], view[key]));
};

function setTheme(before: View, { theme }: View): void {
  if (before.theme !== theme) {
    config.theme2 = createTheme({ colors: { mode: theme } });
    config.bootData.user.theme = theme;
    config.bootData.user.lightTheme = theme === 'light';
    appEvents.publish(new ThemeChangedEvent(config.theme2));
  }
}

function update({ panels, items, runners, timeRange }: Dashboard, before: View, view: View): void {
  const changed = (...keys: Array<keyof View>) => keys.some((key) => !isEqual(before[key], view[key]));
  if (changed('width', 'height')) {
    items.forEach((item) => item.setState(sizeState(view)));
  }
  for (const panel of panels) {
    if (changed('title')) {
      panel.onTitleChange(view.title);
    }
    if (changed('options')) {
      panel.onOptionsChange(view.options, true);
    }
    if (changed('fieldConfig')) {
      panel.onFieldConfigChange(view.fieldConfig, true);
    }
    if (changed('theme')) {
      panel.forceRender();
    }
  }
  if (changed('queries', 'streaming')) {
    runners.forEach((runner) => runner.setState(queryState(view)));
  }
  if (changed('time', 'timeZone')) {
    // Every change of its state runs the queries once, so there must be but one.
    timeRange.setState(timeState(view));
  } else if (changed('queries', 'streaming')) {
    runners.forEach((runner) => runner.runQueries());
  }
}
