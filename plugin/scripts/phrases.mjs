// Checks that the English locale file holds every phrase of the code, word for word; with `--write`, writes it.
// Translators copy that file, so a phrase that is missing from it is never translated. Of every other language it
// checks that no phrase is unknown and that each has the English one's placeholders, and tells which are missing.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));
const { id, languages } = JSON.parse(readFileSync(join(SRC, 'plugin.json'), 'utf8'));
const LOCALES = join(SRC, 'locales');
const FILE = join(LOCALES, 'en-US', `${id}.json`);

/** Phrase by key, such as `tooltip.end`. */
const phrases = new Map();

function found(key, phrase, node) {
  const { fileName, text } = node.getSourceFile();
  const where = `${fileName}:${text.slice(0, node.getStart()).split('\n').length}`;
  if (key === undefined || phrase === undefined) {
    throw new Error(`${where}: write the key and the phrase as plain texts, so that they can be found`);
  }
  if (phrases.has(key) && phrases.get(key) !== phrase) {
    throw new Error(`${where}: "${key}" already stands for another phrase`);
  }
  phrases.set(key, phrase);
}

const textOf = (node) => (node && ts.isStringLiteralLike(node) ? node.text : undefined);

/** `t('key', 'phrase', …)` and `<Trans i18nKey="key">phrase</Trans>` */
function visit(node) {
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
    found(textOf(node.arguments[0]), textOf(node.arguments[1]), node);
  }
  if (ts.isJsxElement(node) && node.openingElement.tagName.getText() === 'Trans') {
    const key = node.openingElement.attributes.properties.find((property) => property.name?.getText() === 'i18nKey');
    const [child, ...others] = node.children;
    found(textOf(key?.initializer), others.length === 0 && child ? child.text?.trim() : undefined, node);
  }
  ts.forEachChild(node, visit);
}

for (const name of readdirSync(SRC, { recursive: true }).sort()) {
  if (/\.tsx?$/.test(name) && !/\.test\.|generated/.test(name)) {
    visit(ts.createSourceFile(name, readFileSync(join(SRC, name), 'utf8'), ts.ScriptTarget.Latest, true));
  }
}

/** `{ 'a.b': x }` as `{ a: { b: x } }`, in the order of the keys. */
function nested() {
  const root = {};
  for (const [key, phrase] of [...phrases].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const path = key.split('.');
    const last = path.pop();
    const parent = path.reduce((at, part) => (at[part] ??= {}), root);
    if (typeof parent !== 'object' || last in parent) {
      throw new Error(`"${key}" is both a phrase and a group of phrases`);
    }
    parent[last] = phrase;
  }
  return root;
}

const wanted = `${JSON.stringify(nested(), null, 2)}\n`;
if (process.argv.includes('--write')) {
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, wanted);
} else if (readFileSync(FILE, 'utf8') !== wanted) {
  console.error(`${FILE} is not what the code says: run "npm run phrases"`);
  process.exitCode = 1;
}

/** `{ a: { b: x } }` as `[['a.b', x]]`. */
const flat = (tree, path = []) =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[[...path, key].join('.'), value]] : flat(value, [...path, key])
  );
const placeholders = (phrase) => (phrase.match(/\{\{\w+\}\}|\$\{\w+\}/g) ?? []).sort().join(' ');

for (const language of readdirSync(LOCALES).filter((language) => language !== 'en-US')) {
  const translated = new Map(flat(JSON.parse(readFileSync(join(LOCALES, language, `${id}.json`), 'utf8'))));
  const wrong = [...translated].flatMap(([key, text]) => {
    const english = phrases.get(key);
    if (english === undefined) {
      return [`${key}: no such phrase`];
    }
    const [has, needs] = [placeholders(text), placeholders(english)];
    return has === needs ? [] : [`${key}: has the placeholders "${has}" in place of "${needs}"`];
  });
  if (!languages.includes(language)) {
    wrong.push('it is missing from "languages" in plugin.json');
  }
  const missing = [...phrases.keys()].filter((key) => !translated.has(key));
  missing.forEach((key) => console.warn(`${language}: "${key}" is not translated and stays English`));
  wrong.forEach((text) => console.error(`${language}: ${text}`));
  process.exitCode ||= wrong.length > 0 ? 1 : 0;
}
