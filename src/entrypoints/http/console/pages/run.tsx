import type { PlanReview } from '../../../../service/views/plan-review.js';
import type { RunProgress } from '../../../../service/views/run-progress.js';
import { Page } from '../parts/layout.js';
import { PlanCounts } from '../parts/plan-counts.js';
import { Progress } from '../parts/progress.js';
import type { Visit } from '../parts/visit.js';

interface Props {
  readonly visit: Visit;
  readonly progress: RunProgress;
  /** Null until there is a plan. */
  readonly review: PlanReview | null;
}

/** One run: how far it is, and what its plan holds. */
export function RunPage({ visit, progress, review }: Props) {
  const kind = progress.run?.apply === false ? 'Plan' : 'Run';
  return (
    <Page visit={visit} place="runs" title={`${kind} ${progress.id}`}>
      <Progress visit={visit} progress={progress} />
      {review !== null && review.total > 0 && <PlanCounts review={review} />}
    </Page>
  );
}
