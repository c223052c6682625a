/** Pictures are drawings and nothing else: no script, no style, nothing from elsewhere. @module */
import { error } from '../plugin.mjs';

const SHAPES = [
  'svg',
  'g',
  'path',
  'rect',
  'circle',
  'ellipse',
  'line',
  'polyline',
  'polygon',
  'text',
  'tspan',
  'title',
  'desc',
  'defs',
  'clipPath',
  'mask',
  'linearGradient',
  'radialGradient',
  'stop',
];

/** @type {import('../plugin.mjs').Rule} */
export default {
  name: 'unsafesvg',
  check({ files }) {
    const drawings = Object.entries(files).filter(([path]) => path.endsWith('.svg'));
    return drawings.flatMap(([path, bytes]) => {
      const text = Buffer.from(bytes).toString('utf8');
      const tags = [...text.matchAll(/<\/?([A-Za-z][\w:-]*)/g)].map(([, tag]) => tag ?? '');
      const attributes = [...text.matchAll(/\s(on\w+|style|(?:xlink:)?href|src)\s*=/gi)].map(([, name]) => name ?? '');
      return [
        ...[...new Set(tags)].filter((tag) => !SHAPES.includes(tag)).map((tag) => error(`${path} has <${tag}>`)),
        ...[...new Set(attributes)].map((name) => error(`${path} has the attribute ${name}`)),
        ...(/<!(DOCTYPE|ENTITY)|javascript:/i.test(text)
          ? [error(`${path} has a declaration or a script address`)]
          : []),
      ];
    });
  },
};
