import { describe, expect, it } from '@jest/globals';
import { aucGain, aucOf } from '../../../src/domain/insight/auc.js';
import { randomFrom } from '../../support/insight/random.js';

const cases = (events: readonly number[], cluster = (at: number) => String(at)) =>
  events.map((event, at) => ({ event: event === 1, cluster: cluster(at), fold: 0 }));

describe('the area under the ROC curve', () => {
  it('counts pairs in the right order, ties half', () => {
    expect(aucOf([3, 2, 2, 1], cases([1, 1, 0, 0]))?.value).toBe(3.5 / 4);
    expect(aucOf([1, 2], cases([1, 0]))?.value).toBe(0);
  });

  it('is unknown where nothing or everything was lost', () => {
    expect(aucOf([1, 2], cases([1, 1]))).toBeNull();
    expect(aucOf([], [])).toBeNull();
  });

  it('has the interval of DeLong, DeLong and Clarke-Pearson', () => {
    // By hand: placements of events 1, 0.5 (mean 0.75), of others 1, 0.5; each variance 0.125 over 2.
    const found = aucOf([4, 2, 3, 1], cases([1, 1, 0, 0]));
    expect(found?.value).toBe(0.75);
    expect(found?.low).toBeCloseTo(0.75 - 1.959964 * Math.sqrt(0.125), 5);
    expect(found?.high).toBe(1);
  });

  it('is less sure where the cases are many of the same few accounts', () => {
    const random = randomFrom(1);
    const base = Array.from({ length: 40 }, () => ({ event: random() < 0.4 ? 1 : 0, score: random() }));
    const many = base.flatMap((one) => Array.from({ length: 5 }, () => one));
    const scores = many.map(({ score }) => score);
    const events = many.map(({ event }) => event);
    const width = (found: ReturnType<typeof aucOf>) => (found?.high ?? 0) - (found?.low ?? 0);
    const apart = aucOf(scores, cases(events));
    const together = aucOf(
      scores,
      cases(events, (at) => String(Math.floor(at / 5))),
    );
    expect(together?.value).toBe(apart?.value);
    expect(width(together)).toBeGreaterThan(2 * width(apart));
  });

  it('is as unsure over folds with one event each as over the same cases in one', () => {
    let [held, drawn] = [0, 0];
    for (let seed = 1; seed <= 1_000; seed++) {
      const random = randomFrom(seed);
      const few = Array.from({ length: 60 }, (_, at) => ({
        event: at < 6,
        cluster: String(at),
        fold: Math.floor(random() * 5),
      }));
      const found = aucOf(
        few.map(() => random()),
        few,
      );
      if (found === null) continue;
      drawn += 1;
      if (found.low <= 0.5 && 0.5 <= found.high) held += 1;
    }
    expect(held / drawn).toBeGreaterThan(0.88);
  });

  it('is a half sharp over any folds where all score the same', () => {
    for (let size = 30; size < 90; size++) {
      const folded = Array.from({ length: size }, (_, at) => ({
        event: at % 3 === 0,
        cluster: String(at),
        fold: Math.floor(Math.sqrt(at)) % 5,
      }));
      const found = aucOf(
        folded.map(() => 1),
        folded,
      );
      expect(found?.value).toBe(0.5);
      expect(found?.low).toBeLessThanOrEqual(0.5);
    }
  });

  it('is not sure of a perfect order of few, nor of what it gains over none', () => {
    const events = Array.from({ length: 30 }, (_, at) => Number(at < 10));
    const [perfect, none] = [events, events.map(() => 0)];
    const found = aucOf(perfect, cases(events));
    // Newcombe 2006, method 5, solved by hand: 1 - low = z² low (1 + 14 (…)) / 200 (the root of both sides).
    expect(found).toMatchObject({ value: 1, low: expect.closeTo(0.851, 2), high: 1 });
    const turned = aucOf(
      perfect.map((one) => -one),
      cases(events),
    );
    expect(turned?.high).toBeCloseTo(1 - (found?.low ?? 0), 9);
    const gain = aucGain(none, perfect, cases(events));
    expect(gain?.value).toBe(0.5);
    expect(gain?.low).toBeGreaterThan(0.3);
    expect(gain?.low).toBeLessThan(0.4);
  });

  it('gains nothing over itself, and compares the same cases in pairs', () => {
    const random = randomFrom(2);
    const events = Array.from({ length: 200 }, () => (random() < 0.3 ? 1 : 0));
    const weak = events.map((event) => event * 0.3 + random());
    const strong = events.map((event) => event + random());
    expect(aucGain(weak, weak, cases(events))).toEqual({ value: 0, low: 0, high: 0 });
    const gain = aucGain(weak, strong, cases(events));
    expect(gain?.low).toBeGreaterThan(0);
    expect(gain?.value).toBeCloseTo(
      (aucOf(strong, cases(events))?.value ?? 0) - (aucOf(weak, cases(events))?.value ?? 0),
      10,
    );
  });
});
