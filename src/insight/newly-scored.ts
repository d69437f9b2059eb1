import { deriveFacts } from '../domain/facts/derive.js';
import { flagOf } from '../domain/facts/row-values.js';
import type { HealthModel } from '../domain/health/model.js';
import { scoreSaid } from '../domain/insight/newly-scored.js';
import type { SuggestedModel } from '../domain/insight/suggestion.js';
import type { AccountBundle } from '../ports/state-store.js';
import { PAGE, type Run } from '../sync/context.js';
import { everyKind } from '../sync/every-kind.js';
import { basisOf } from '../sync/rules.js';
import type { StoredResult } from '../sync/stored-result.js';

/** Customers of today that have no score, and what a suggested model would change for them. */
export interface NewlyScored {
  readonly withoutScore: number;
  /** Of these, how many would be shown one. */
  readonly wouldHaveOne: number;
  /** Of those, how many for the most part by what they are: fields of the org's own, and tenure. */
  readonly byProfile: number;
}

/** Looks at the customers without a score, once. */
export async function newlyScored(run: Run, model: SuggestedModel, today: HealthModel): Promise<NewlyScored> {
  const basis = await basisOf(run);
  const { coverage } = run.settings.health;
  const counts = { withoutScore: 0, wouldHaveOne: 0, byProfile: 0 };
  const pages = run.state.assessments.bundles({ which: 'all', day: run.today, after: null }, PAGE);
  for await (const page of pages)
    for (const bundle of page) {
      if (!isUnscored(bundle)) continue;
      const facts = deriveFacts({ account: bundle.account, rows: everyKind(bundle.rows, run) }, basis);
      const said = scoreSaid(model, { today, coverage }, { facts, today: run.today });
      counts.withoutScore += 1;
      if (said !== 'none') counts.wouldHaveOne += 1;
      if (said === 'by what it is') counts.byProfile += 1;
    }
  return counts;
}

function isUnscored({ account, assessed }: AccountBundle): boolean {
  const result = assessed?.result as StoredResult | undefined;
  return result !== undefined && result.health.shownScore === null && flagOf(account, 'churned') !== true;
}
