import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { driverTexts } from '../../../../src/domain/health/words.js';
import { readDrivers, splitSubject } from '../../../../src/install/component/truenorthHealth/driverLines.js';
import { anyFacts, anyModel, aPolicy, assessDays, TODAY } from '../../../domain/health/builders.js';

const anyPolicy = anyModel.map((model) => aPolicy(model));
const anyTwoDays = fc
  .tuple(anyFacts, anyFacts)
  .map((days) => days.map((facts, at) => ({ facts, today: TODAY + at })));

/** What the page should read from the texts of an assessment: told from the assessment itself. */
function expected({ pointsLost, transition, score }) {
  const changed = (transition?.lines ?? []).filter(({ shown }) => shown !== 0);
  return {
    lost: pointsLost.filter(({ shown }) => shown > 0).map(({ shown, text }) => ({ points: -shown, text })),
    changed: changed.map(({ shown, label }) => ({ points: shown, text: label })),
    change:
      changed.length === 0 ? null : { from: String(transition.fromScore), to: String(transition.toScore) },
    isMissing: score === null,
  };
}

describe('drivers texts', () => {
  it('are read back as they were meant, whatever the model and the facts', () => {
    let seen = 0;
    fc.assert(
      fc.property(anyPolicy, anyTwoDays, (policy, days) => {
        for (const { assessment } of assessDays(days, policy)) {
          const texts = driverTexts(assessment, policy);
          const { lost, changed, change, missing } = readDrivers({ short: texts.short, long: texts.long });
          const meant = expected(assessment);
          seen += meant.lost.length + meant.changed.length;
          expect({ lost, changed, change, isMissing: missing !== null }).toEqual(meant);
          const short = readDrivers({ short: texts.short, long: null });
          expect(short.lost).toEqual(meant.lost.slice(0, short.lost.length));
        }
      }),
    );
    expect(seen).toBeGreaterThan(100);
  });

  it('keep a semicolon that belongs to a line', () => {
    const short = '-9 Support: slow; and rude; -4 Adoption: 3; 4 and 5';
    expect(readDrivers({ short, long: null }).lost).toEqual([
      { points: -9, text: 'Support: slow; and rude' },
      { points: -4, text: 'Adoption: 3; 4 and 5' },
    ]);
  });

  it('say nothing where they are empty or say that nothing is lost', () => {
    for (const text of [null, undefined, '', 'No points lost'])
      expect(readDrivers({ short: text, long: text })).toEqual({
        ...{ lost: [], changed: [], holding: [] },
        ...{ missing: null, change: null },
      });
  });

  it('name their subject before the first colon, if they have one', () => {
    expect(splitSubject('Support: since: 3 Nov')).toEqual({ subject: 'Support', rest: 'since: 3 Nov' });
    expect(splitSubject('no colon')).toEqual({ subject: '', rest: 'no colon' });
  });
});
