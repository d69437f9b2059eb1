import type { PlanItem } from '../../ports/state-store.js';
import { PAGE, type Run } from '../context.js';
import { programMetrics } from '../program-metrics.js';
import { publishDecisions } from './decisions.js';
import type { RecordsDetail } from './due.js';
import { publishErrors } from './errors.js';
import { publish } from './publish.js';
import { pruneRecords } from './retention.js';
import { snapshotsOf } from './snapshots.js';
import { adding, type Tally } from './tally.js';

const KINDS = ['episode', 'advocate'] as const;

/** Tells the CRM of our work, last of all: history, decisions, errors. What a budget leaves undone is due in the next run. */
export async function applyRecords(run: Run): Promise<Tally> {
  const tally = adding();
  if (run.records.size === 0) return tally.total();
  run.progress.stage('Writing history', null);
  for await (const page of run.state.plan.items(run.id, { kind: 'record', status: 'planned' }, PAGE))
    tally.add(await publishAccounts(run, page));
  tally.add(await publishDecisions(run));
  if (run.records.has('metric'))
    for await (const wishes of programMetrics(run))
      tally.add(
        await publish(
          run,
          'metric',
          wishes.map((wish) => ({ wish, account: '' })),
        ),
      );
  tally.add(await publishErrors(run));
  await pruneRecords(run);
  run.progress.done('History written');
  return tally.total();
}

async function publishAccounts(run: Run, page: readonly PlanItem[]): Promise<Tally> {
  const tally = adding();
  const bundles = await run.state.assessments.bundlesOf(page.map(({ account }) => account));
  tally.add(await publish(run, 'snapshot', await snapshotsOf(run, bundles)));
  const records = page.flatMap(({ detail }) => (detail as RecordsDetail).records);
  for (const kind of KINDS)
    tally.add(
      await publish(
        run,
        kind,
        records.filter(({ wish }) => wish.kind === kind),
      ),
    );
  await run.state.plan.setStatus(
    run.id,
    page.map(({ seq }) => ({ seq, status: 'done' as const })),
  );
  return tally.total();
}
