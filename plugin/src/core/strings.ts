/** Every distinct text once, in the order of first use. The empty text is always number 0. */
export class Strings {
  readonly list: string[] = [''];
  private readonly positions = new Map<string, number>([['', 0]]);

  /** The position of `text` in `list`. */
  position(text: string): number {
    const known = this.positions.get(text);
    if (known !== undefined) {
      return known;
    }
    const position = this.list.length;
    this.list.push(text);
    this.positions.set(text, position);
    return position;
  }
}
