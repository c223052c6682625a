import type { Row } from '../core/generated/timeline_panel';
import type { Session } from '../core/session';
import type { Focus } from './keys';

/** Rows that are asked for at a time on the way up. */
const CHUNK = 200;

/** What a key does to the tree of rows. */
export type Step = 'toggle' | 'parent' | undefined;

/**
 * What an arrow does to a row as a whole, as in any tree: to the right a closed row opens, to the left an open one
 * closes and what is in another leads to it. Within a row arrows walk through its stages.
 */
export function treeStep(key: string, focus: Focus, row: Pick<Row, 'expandable' | 'expanded'>): Step {
  if (focus.stage >= 0 || focus.row < 0) {
    return undefined;
  }
  if (key === 'ArrowRight') {
    return row.expandable && !row.expanded ? 'toggle' : undefined;
  }
  if (key === 'ArrowLeft') {
    return row.expandable && row.expanded ? 'toggle' : 'parent';
  }
  return undefined;
}

/** The row that another one is in: the next above it that is less deep, or the header of its group. */
export function parentOf(session: Session, { index, depth, level }: Row): number | undefined {
  for (let to = index; to > 0; to -= CHUNK) {
    const above = session.rows(Math.max(0, to - CHUNK), to);
    const found = above.reverse().find((row) => (level === 'node' ? row.depth < depth : row.level === 'group'));
    if (found || level === 'group') {
      return found?.index;
    }
  }
  return undefined;
}
