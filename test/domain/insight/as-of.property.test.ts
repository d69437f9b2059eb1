import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { knownAt } from '../../../src/domain/insight/known-at.js';
import { aBasis } from '../facts/builders.js';
import { CUT, OWN, someAccount, subjectOf, withAnotherFuture } from './stamped-rows.js';

const basis = aBasis({ today: CUT, custom: [...OWN] });

describe('What is known as of a day', () => {
  it('is the same whatever came afterwards, in whatever order rows come', () => {
    fc.assert(
      fc.property(someAccount, fc.boolean(), (rows, turned) => {
        const [account, ...others] = withAnotherFuture(rows);
        const changed = [
          ...(account === undefined ? [] : [account]),
          ...(turned ? others.toReversed() : others),
        ];
        expect(knownAt(subjectOf(changed), basis)).toEqual(knownAt(subjectOf(rows), basis));
      }),
      { numRuns: 400 },
    );
  });

  it('never holds an outcome', () => {
    fc.assert(
      fc.property(someAccount, (rows) => {
        const facts = knownAt(subjectOf(rows), basis)?.facts ?? {};
        for (const id of ['account.churned', 'account.churnedOn', 'custom.left'])
          expect(facts[id]?.value ?? null).toBeNull();
      }),
    );
  });

  it('is no older and no younger than the day itself', () => {
    fc.assert(
      fc.property(someAccount, (rows) => {
        for (const { asOf } of Object.values(knownAt(subjectOf(rows), basis)?.facts ?? {}))
          expect(asOf ?? CUT).toBeLessThanOrEqual(CUT);
      }),
    );
  });
});
