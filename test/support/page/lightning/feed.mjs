/**
 * What the stand-ins of the platform's wires answer from. `ask` takes the name of a wire and its configuration, and
 * gives `{ data }` or `{ error }`, or a promise of it.
 */
export const feed = { ask: () => new Promise(() => {}) };

/** A wire adapter as the engine knows them: nothing at first, then what the feed answers to each configuration. */
export function wireFed(name) {
  return class {
    constructor(give) {
      this.give = give;
      give({ data: undefined, error: undefined });
    }
    connect() {
      this.connected = true;
    }
    disconnect() {
      this.connected = false;
    }
    async update(config) {
      if (Object.values(config).includes(undefined)) return;
      const { data, error } = await feed.ask(name, config);
      if (this.connected) this.give({ data, error });
    }
  };
}
