/** Where the keyboard is. */
export interface Focus {
  /** -1 before the first row. */
  row: number;
  /** Position among the row's stages, -1 for the row as a whole. */
  stage: number;
}

/** Between what it moves. */
export interface Sizes {
  rows: number;
  rowsInView: number;
  /** Of the row that it is at. */
  stages: number;
}

/** Where a key leads to, nothing for a key that leads nowhere. */
export function move(key: string, { row, stage }: Focus, { rows, rowsInView, stages }: Sizes): Focus | undefined {
  const page = Math.max(1, rowsInView - 2);
  const to = (wanted: number): Focus => ({ row: Math.min(Math.max(wanted, 0), rows - 1), stage: -1 });
  switch (key) {
    case 'ArrowDown':
      return to(row + 1);
    case 'ArrowUp':
      return to(row - 1);
    case 'PageDown':
      return to(row + page);
    case 'PageUp':
      return to(row - page);
    case 'Home':
      return to(0);
    case 'End':
      return to(rows - 1);
    case 'ArrowRight':
      return row < 0 ? to(0) : { row, stage: Math.min(stage + 1, stages - 1) };
    case 'ArrowLeft':
      return row < 0 ? to(0) : { row, stage: Math.max(stage - 1, -1) };
    default:
      return undefined;
  }
}
