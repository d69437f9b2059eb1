import { approvePlan } from '../../../../service/actions/approve.js';
import { rejectPlan } from '../../../../service/actions/reject.js';
import { cancelRun, pauseRun, resumeRun, startRun } from '../../../../service/actions/runs.js';
import { planPage } from '../../../../service/views/plan.js';
import { planReview, waitingPlan } from '../../../../service/views/plan-review.js';
import { runProgress } from '../../../../service/views/run-progress.js';
import { knownRun, listRuns } from '../../../../service/views/runs.js';
import { NoPlanPage, PLAN_KINDS, PlanPage } from '../pages/plan.js';
import { RunPage } from '../pages/run.js';
import { RunsPage } from '../pages/runs.js';
import { namesOf } from '../parts/names.js';
import { Progress } from '../parts/progress.js';
import { type Asked, does, type Routes, shows } from '../parts/shown.js';
import { linkTo } from '../parts/visit.js';

const MOST_RUNS = 50;
const ROWS = 25;
/** What the address of a run says that was only just asked for. */
const JUST_ASKED = ['run-asked', 'plan-asked', 'approved-run'];

/** Runs: the list, one with its progress, and what can be asked of it. */
export function addRuns(routes: Routes): void {
  shows(routes, '/runs', async ({ desk, visit }) => (
    <RunsPage visit={visit} runs={await listRuns(desk.state, MOST_RUNS)} now={desk.clock.now()} />
  ));
  does(routes, '/runs', async ({ desk, visit, form, asker }) => {
    const apply = form.text('kind') === 'sync';
    const id = await startRun(desk, { apply, reconcile: false, full: false }, asker);
    return { to: linkTo(visit, 'runs', id), said: apply ? 'run-asked' : 'plan-asked' };
  });
  shows(routes, '/runs/:id', onePage);
  shows(routes, '/runs/:id/progress', async ({ desk, visit, path }) => (
    <Progress visit={visit} progress={await runProgress(desk.state, path.id ?? '')} />
  ));
  const steer = { pause: pauseRun, resume: resumeRun, cancel: cancelRun };
  const said = { pause: 'run-paused', resume: 'run-resumed', cancel: 'run-cancelled' };
  for (const verb of ['pause', 'resume', 'cancel'] as const)
    does(routes, `/runs/:id/${verb}`, async ({ desk, visit, path, asker }) => {
      await steer[verb](desk, path.id ?? '', asker);
      return { to: linkTo(visit, 'runs', path.id ?? ''), said: said[verb] };
    });
}

async function onePage({ desk, visit, path, form }: Asked) {
  const id = path.id ?? '';
  const progress = await runProgress(desk.state, id);
  if (progress.run === null && !JUST_ASKED.includes(form.text('said') ?? '')) await knownRun(desk.state, id);
  const review = progress.run === null ? null : await planReview(desk.state, desk.settings(), id);
  return <RunPage visit={visit} progress={progress} review={review} />;
}

/** The plan that waits, any other, and what somebody decides about it. */
export function addPlans(routes: Routes): void {
  shows(routes, '/plan', async (asked) => {
    const waiting = await waitingPlan(asked.desk.state);
    if (waiting !== null) return planOf(asked, waiting.run);
    const [latest] = await asked.desk.state.runs.list(1);
    return <NoPlanPage visit={asked.visit} latest={latest?.id ?? null} />;
  });
  shows(routes, '/plan/:id', (asked) => planOf(asked, asked.path.id ?? ''));
  does(routes, '/plan/:id/approve', async ({ desk, visit, path, form, asker }) => {
    const id = path.id ?? '';
    await approvePlan(desk, id, asker);
    if (form.text('run') !== 'now') return { to: linkTo(visit, 'plan', id), said: 'approved' };
    const run = await startRun(desk, { apply: true, reconcile: false, full: false }, asker);
    return { to: linkTo(visit, 'runs', run), said: 'approved-run' };
  });
  does(routes, '/plan/:id/reject', async ({ desk, visit, path, asker }) => {
    await rejectPlan(desk, path.id ?? '', asker);
    return { to: linkTo(visit, 'plan', path.id ?? ''), said: 'rejected' };
  });
}

async function planOf({ desk, visit, form }: Asked, id: string) {
  const { state } = desk;
  const kind = PLAN_KINDS.find((one) => one.id === form.text('kind'))?.id ?? null;
  const review = await planReview(state, desk.settings(), id);
  const rows = await planPage(state, id, { kind, status: null, after: form.number('after'), limit: ROWS });
  const waiting = await waitingPlan(state);
  const names = await namesOf(
    state,
    rows.items.map(({ account }) => account),
  );
  const brakes = waiting?.run === id ? waiting.brakes : [];
  return <PlanPage visit={visit} review={review} waiting={brakes} rows={rows} kind={kind} names={names} />;
}
