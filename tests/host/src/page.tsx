/** The page: a bar as above a Grafana dashboard, the dashboard, and the options pane. */
import { css } from '@emotion/css';
import { ThemeContext, type GrafanaTheme2 } from '@grafana/data';
import { config, LocationServiceProvider, locationService } from '@grafana/runtime';
import {
  GlobalStyles,
  Icon,
  ModalsProvider,
  PortalContainer,
  RadioButtonGroup,
  ScrollContainer,
  Tab,
  TabsBar,
  ToolbarButton,
  useStyles2,
} from '@grafana/ui';
import { useState, type ReactNode } from 'react';
import { MemoryRouter } from 'react-router-dom';
import { switchTo } from './catalogue';
import type { HostModel } from './host';
import { OptionsPane } from './optionsPane';
import { QueriesPane } from './queriesPane';
import { HostContext, useHostModel, useHostState } from './useHost';

export function Page({ model }: { model: HostModel }) {
  return (
    <HostContext.Provider value={model}>
      <Themed>
        <Bar />
        <Body />
      </Themed>
    </HostContext.Provider>
  );
}

/** What Grafana's application puts around everything. The theme is the view's, so a new one redraws the tree. */
function Themed({ children }: { children: ReactNode }) {
  useHostState();
  return <Frame theme={config.theme2}>{children}</Frame>;
}

export function Frame({ theme, children }: { theme: GrafanaTheme2; children: ReactNode }) {
  return (
    <ThemeContext.Provider value={theme}>
      <MemoryRouter>
        <LocationServiceProvider service={locationService}>
          <ModalsProvider>
            <GlobalStyles />
            <Canvas>{children}</Canvas>
            <PortalContainer />
          </ModalsProvider>
        </LocationServiceProvider>
      </MemoryRouter>
    </ThemeContext.Provider>
  );
}

function Canvas({ children }: { children: ReactNode }) {
  const styles = useStyles2(stylesOf);
  return (
    <div className={styles.canvas} data-testid="host">
      {children}
    </div>
  );
}

function Bar() {
  const styles = useStyles2(stylesOf);
  const { view } = useHostState();
  return (
    <header className={styles.bar}>
      <span className={styles.crumbs}>
        <Icon name="apps" /> <span className={styles.quiet}>Dashboards</span> <Icon name="angle-right" />
        <span>{view.title}</span>
      </span>
      <DeploymentSwitch />
    </header>
  );
}

/** Which deployment's queries the panel asks, where the server knows more than one. */
function DeploymentSwitch() {
  const styles = useStyles2(stylesOf);
  const model = useHostModel();
  const { view } = useHostState();
  const { deployments } = model.catalogue;
  if (deployments.length < 2) {
    return null;
  }
  const choose = (id: string) => {
    const chosen = deployments.find((deployment) => deployment.id === id);
    void (chosen && model.set(switchTo(chosen)));
  };
  return (
    <span className={styles.choice} data-testid="deployment-switch">
      <span className={styles.quiet}>Metrics of</span>
      <RadioButtonGroup
        size="sm"
        aria-label="Deployment of Flyte"
        value={view.deployment}
        options={deployments.map(({ id, label, about }) => ({ value: id, label, description: about }))}
        onChange={choose}
      />
    </span>
  );
}

/** Beside the time picker: what Grafana keeps in its menus. */
export function Buttons() {
  const model = useHostModel();
  const { view } = useHostState();
  const other = view.theme === 'dark' ? 'light' : 'dark';
  return (
    <>
      <LanguageButton />
      <ToolbarButton
        icon="palette"
        variant="canvas"
        tooltip={`Switch to the ${other} theme`}
        aria-label={`Switch to the ${other} theme`}
        onClick={() => void model.set({ theme: other })}
      />
      <ToolbarButton
        icon="sliders-v-alt"
        variant={view.pane ? 'active' : 'canvas'}
        tooltip="Queries and options"
        aria-label="Queries and options"
        aria-pressed={view.pane ?? false}
        onClick={() => void model.set({ pane: !view.pane })}
      />
    </>
  );
}

/** The next of the plugin's languages, where it has several. */
function LanguageButton() {
  const model = useHostModel();
  const { view, dashboard } = useHostState();
  // It gets its plugin after the page is drawn.
  dashboard.panels[0]?.useState();
  const { languages } = model;
  const current = view.language ?? 'en-US';
  const next = languages[(languages.indexOf(current) + 1) % languages.length];
  if (!next || next === current) {
    return null;
  }
  const name = new Intl.DisplayNames('en', { type: 'language' }).of(next) ?? next;
  return (
    <ToolbarButton
      variant="canvas"
      tooltip={`Switch to ${name}`}
      aria-label={`Switch to ${name}`}
      onClick={() => void model.set({ language: next })}
    >
      {current.slice(0, 2).toUpperCase()}
    </ToolbarButton>
  );
}

function Body() {
  const styles = useStyles2(stylesOf);
  const { dashboard, view } = useHostState();
  const { scene } = dashboard;
  return (
    <div className={styles.body}>
      <main className={styles.dashboard}>
        <scene.Component model={scene} key={scene.state.key} />
      </main>
      {view.pane && <Pane />}
    </div>
  );
}

function Pane() {
  const styles = useStyles2(stylesOf);
  const [tab, setTab] = useState<'options' | 'queries'>('options');
  return (
    <aside className={styles.pane} aria-label="Queries and options">
      <TabsBar>
        <Tab label="Options" active={tab === 'options'} onChangeTab={() => setTab('options')} />
        <Tab label="Queries" active={tab === 'queries'} onChangeTab={() => setTab('queries')} />
      </TabsBar>
      <ScrollContainer>
        <div className={styles.paneBody}>{tab === 'options' ? <OptionsPane /> : <QueriesPane />}</div>
      </ScrollContainer>
    </aside>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  canvas: css({
    position: 'absolute',
    inset: 0,
    display: 'flex',
    flexDirection: 'column',
    background: theme.colors.background.canvas,
    color: theme.colors.text.primary,
  }),
  bar: css({
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    columnGap: theme.spacing(3),
    flex: 'none',
    minHeight: 40,
    padding: theme.spacing(0.5, 2),
    background: theme.colors.background.primary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  crumbs: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
  choice: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), marginLeft: 'auto' }),
  quiet: css({ color: theme.colors.text.secondary }),
  body: css({ display: 'flex', flex: 1, minHeight: 0 }),
  dashboard: css({
    display: 'flex',
    flexDirection: 'column',
    flex: 1,
    minWidth: 0,
    padding: theme.spacing(2),
    overflow: 'auto',
  }),
  pane: css({
    display: 'flex',
    flexDirection: 'column',
    width: 360,
    flex: 'none',
    background: theme.colors.background.primary,
    borderLeft: `1px solid ${theme.colors.border.weak}`,
  }),
  paneBody: css({ padding: theme.spacing(2) }),
});
