/** What a server offers to show, and which of it an address asks for. */
import { mergeView, readHash, type PartialView, type View } from './view.ts';

/** A deployment of Flyte: its own queries over the one Prometheus. */
export interface Deployment {
  /** As in an address. */
  id: string;
  /** On the switch. */
  label: string;
  /** One sentence: which labels its metrics have, and what that gives. */
  about: string;
  view: PartialView;
}

/** A state that the panel can be in, and how it comes about. */
export interface State {
  /** As in an address. */
  name: string;
  /** On the page of links. */
  group: string;
  /** One sentence: what the data source returns, or what happens. */
  when: string;
  /** Whose queries it begins with; the page's own unless given. */
  deployment?: string;
  view?: PartialView;
  /** See server/fault.ts. */
  fault?: string;
}

export interface Catalogue {
  /** What is the same for all. */
  view: PartialView;
  /** The first one is shown unless the address or the view asks for another. */
  deployments: Deployment[];
  states: State[];
}

/**
 * The view of an address such as `/?deployment=binary&state=narrow#{"theme":"light"}`: the common one, then the
 * deployment's, the state's and the hash's, each over the ones before. In the hash, `deployment` may be named too.
 *
 * @throws Error that names what there is not
 */
export function viewAt(catalogue: Catalogue, { search, hash }: { search: string; hash: string }): View {
  const asked = new URLSearchParams(search);
  const typed = readHash(hash);
  const state = findNamed('state', asked.get('state'), catalogue.states, ({ name }) => name);
  // A server without deployments still has states.
  const own = catalogue.deployments.length > 0 ? state?.deployment : undefined;
  const id = typed.deployment ?? asked.get('deployment') ?? own ?? catalogue.view.deployment;
  const deployment = findNamed('deployment', id, catalogue.deployments, (each) => each.id) ?? catalogue.deployments[0];
  const changes = [catalogue.view, deployment && { ...deployment.view, deployment: deployment.id }, state?.view, typed];
  return changes.reduce<View>((view, change) => mergeView(view, change ?? {}), mergeView({} as View, {}));
}

/** The fault that an address asks for, by itself or through a state. */
export function faultAt({ states }: Pick<Catalogue, 'states'>, search: string): string | undefined {
  const asked = new URLSearchParams(search);
  return asked.get('fault') ?? states.find(({ name }) => name === asked.get('state'))?.fault;
}

/** What has to change for another deployment to be shown; theme, time, size and options stay as they are. */
export function switchTo({ id, view }: Deployment): PartialView {
  const { title, queries, transformations } = view;
  return { deployment: id, title, queries, transformations: transformations ?? null };
}

function findNamed<Item>(what: string, name: unknown, items: Item[], nameOf: (item: Item) => string): Item | undefined {
  if (name === null || name === undefined) {
    return undefined;
  }
  const found = items.find((item) => nameOf(item) === name);
  if (!found) {
    throw new Error(`no ${what} is called “${String(name)}”: there is ${items.map(nameOf).join(', ') || 'none'}`);
  }
  return found;
}
