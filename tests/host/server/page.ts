/** The HTML pages. Script tags carry the nonce of the Content-Security-Policy. */
import type { Catalogue } from '../src/catalogue.ts';

export interface PageInput {
  nonce: string;
  /** What the server says of itself to the page. */
  settings: { pluginId: string; pluginUrl: string; root: string; scrapeInterval: string };
}

export function pageHtml({ nonce, settings }: PageInput): string {
  const json = JSON.stringify(settings).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Panel host</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${settings.root}build/main.css" />
    <style nonce="${nonce}">html, body { margin: 0; height: 100%; }</style>
    <script id="host-settings" type="application/json" nonce="${nonce}">${json}</script>
  </head>
  <body>
    <div id="root"></div>
    <script defer src="${settings.root}build/main.js" nonce="${nonce}"></script>
  </body>
</html>
`;
}

/** A page of links to every state. */
export function statesHtml({ states, deployments }: Pick<Catalogue, 'states' | 'deployments'>): string {
  const groups = [...new Set(states.map(({ group }) => group))];
  const link = (search: string, text: string, about: string) =>
    `<li><a href="./?${search}">${escaped(text)}</a> ${escaped(about)}</li>`;
  const lists = groups.map((group) => {
    const own = states.filter((state) => state.group === group);
    return list(
      group,
      own.map(({ name, when }) => link(`state=${name}`, name, when))
    );
  });
  const choices = deployments.map(({ id, label, about }) => link(`deployment=${id}`, label, about));
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>States of the panel</title>
    <link rel="icon" href="data:," />
    <style>
      body { font: 15px/1.6 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
      h2 { font-size: 1rem; margin: 1.5rem 0 0.25rem; }
      ul { margin: 0; padding-left: 1.2rem; }
      a { font-weight: 600; margin-right: 0.5em; }
    </style>
  </head>
  <body>
    <h1>States of the panel</h1>
    ${choices.length > 0 ? list('Deployments', choices) : ''}
    ${lists.join('\n    ')}
  </body>
</html>
`;
}

const list = (title: string, items: string[]) => `<h2>${escaped(title)}</h2><ul>${items.join('')}</ul>`;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
