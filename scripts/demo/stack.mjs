/** Things that were started and have to be stopped, the last one first. */

export class Stack {
  /** @type {Array<() => unknown>} */
  #stops = [];

  /** @param {() => unknown} stop may return a promise */
  push(stop) {
    this.#stops.push(stop);
  }

  /** Stops everything, even where stopping one of them fails. */
  async stop() {
    for (let stop = this.#stops.pop(); stop; stop = this.#stops.pop()) {
      try {
        await stop();
      } catch (error) {
        console.error(`while stopping: ${error instanceof Error ? error.message : error}`);
      }
    }
  }
}
