const LOOK_EVERY_MS = 20;

export interface HeapWatch {
  /** Bytes beyond what was in use when the watch began. */
  readonly peak: () => number;
  readonly stop: () => void;
}

/** Looks at the heap again and again; garbage that is not collected yet counts. */
export function watchHeap(): HeapWatch {
  const before = process.memoryUsage().heapUsed;
  let most = before;
  const look = (): void => {
    most = Math.max(most, process.memoryUsage().heapUsed);
  };
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  return {
    peak: () => {
      look();
      return most - before;
    },
    stop: () => clearInterval(timer),
  };
}
