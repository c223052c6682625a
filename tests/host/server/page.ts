/** The HTML page. Its script tags carry the nonce of the Content-Security-Policy. */
export interface PageInput {
  nonce: string;
  /** What the server says of itself to the page. */
  settings: { pluginId: string; scrapeInterval: string };
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
    <link rel="stylesheet" href="/build/main.css" />
    <style nonce="${nonce}">html, body { margin: 0; height: 100%; }</style>
    <script id="host-settings" type="application/json" nonce="${nonce}">${json}</script>
  </head>
  <body>
    <div id="root"></div>
    <script defer src="/build/main.js" nonce="${nonce}"></script>
  </body>
</html>
`;
}
