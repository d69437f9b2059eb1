/** One event that was taken. */
export interface Delivery {
  readonly key: string;
  /** Milliseconds since 1970, by the sandbox clock. */
  readonly at: number;
  readonly body: unknown;
}

/** An answer given instead of taking an event, so many times. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly times: number;
}

export interface Deliveries {
  /** False when the key has been here before: then nothing is kept. */
  readonly keep: (delivery: Delivery) => boolean;
  readonly all: () => readonly Delivery[];
  readonly clear: () => void;
  readonly answer: (answer: Answer) => void;
  /** Counts as given. */
  readonly nextAnswer: () => Answer | null;
}

export function startDeliveries(): Deliveries {
  const kept = new Map<string, Delivery>();
  let ordered: Answer | null = null;
  return {
    keep: (delivery) => {
      if (kept.has(delivery.key)) return false;
      kept.set(delivery.key, delivery);
      return true;
    },
    all: () => [...kept.values()],
    clear: () => kept.clear(),
    answer: (answer) => {
      ordered = answer;
    },
    nextAnswer: () => {
      const answer = ordered !== null && ordered.times > 0 ? ordered : null;
      ordered = answer === null ? null : { ...answer, times: answer.times - 1 };
      return answer;
    },
  };
}
