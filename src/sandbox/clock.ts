/** The embedded servers' own time: starts where `--now` says and runs on with real time; can be set and moved. */
export interface SandboxClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly advance: (ms: number) => void;
  readonly set: (now: number) => void;
}

export function startClock(startAt: number, elapsed: () => number): SandboxClock {
  let offset = startAt - elapsed();
  return {
    now: () => elapsed() + offset,
    advance: (ms) => {
      offset += ms;
    },
    set: (now) => {
      offset = now - elapsed();
    },
  };
}
