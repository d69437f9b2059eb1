import express, { type Request, type Response, type Router } from 'express';
import { ApiError } from '../../api-error.js';
import type { RouteRoom } from '../../routes/contract.js';
import { callerOf } from '../../routes/session-gate.js';
import { csvPieces } from '../csv-text.js';
import { checkVersion, invalidState, type Jobs, listPage, startJobs } from '../jobs.js';
import { bodyOf } from '../json-body.js';
import { sendCsv } from '../send-csv.js';
import type { BulkSettings } from '../settings.js';
import { openQueryJob, pollQueryJob, type QueryJob, queryJobInfo, queryJobProgress } from './query-jobs.js';
import { pageOf, pagesFrom, rowsIn } from './query-pages.js';

interface Desk {
  readonly room: RouteRoom;
  readonly settings: BulkSettings;
  readonly jobs: Jobs<QueryJob>;
}

/** `/jobs/query`: ask, poll, read page by page. */
export function queryRoutes(room: RouteRoom, settings: BulkSettings): Router {
  const desk: Desk = { room, settings, jobs: startJobs('Jq1') };
  const router = express.Router({ mergeParams: true });
  router.get('/', (req, res) => {
    const page = { path: req.baseUrl, locator: req.query.queryLocator, infoOf: queryJobProgress };
    res.json(listPage(desk.jobs, page));
  });
  router.post('/', (req, res) => create(desk, req, res));
  router.get('/:id', (req, res) => {
    res.json(queryJobProgress(polled(desk, req)));
  });
  router.patch('/:id', (req, res) => abort(desk, req, res));
  router.delete('/:id', (req, res) => {
    desk.jobs.remove(desk.jobs.find(idIn(req)).id);
    res.status(204).end();
  });
  router.get('/:id/results', (req, res) => results(desk, req, res));
  router.get('/:id/resultPages', (req, res) => resultPages(desk, req, res));
  return router;
}

function idIn(req: Request): string {
  return String(req.params.id);
}

function create(desk: Desk, req: Request, res: Response): void {
  const { org } = desk.room;
  const job = openQueryJob({ org, caller: callerOf(res), body: bodyOf(req), id: desk.jobs.nextId() });
  desk.jobs.put(job);
  res.json(queryJobInfo(job));
}

function polled(desk: Desk, req: Request): QueryJob {
  return desk.jobs.put(pollQueryJob(desk.jobs.find(idIn(req)), desk.settings.leastMs));
}

function abort(desk: Desk, req: Request, res: Response): void {
  const job = desk.jobs.find(idIn(req));
  const { state } = bodyOf(req);
  if (state !== 'Aborted') throw invalidState(`A query job cannot be set to ${String(state)}`);
  if (job.state === 'JobComplete' || job.state === 'Failed')
    throw invalidState(`A job in state ${job.state} cannot be aborted`);
  res.json(queryJobInfo(desk.jobs.put({ ...job, state: 'Aborted' })));
}

/** A finished job as its results are read: the wait counts as over once it has lasted long enough. */
function finished(desk: Desk, req: Request, res: Response): QueryJob {
  const job = desk.jobs.find(idIn(req));
  checkVersion(job, callerOf(res).version);
  const waited = performance.now() - job.startedAt >= desk.settings.leastMs;
  return waited ? desk.jobs.put(pollQueryJob(job, desk.settings.leastMs)) : job;
}

async function results(desk: Desk, req: Request, res: Response): Promise<void> {
  const job = finished(desk, req, res);
  const { locator, maxRecords } = req.query;
  if (locator !== undefined && callerOf(res).strike('lose-locator') !== null)
    throw new ApiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  const page = pageOf(job, { locator, maxRecords, pageRows: desk.settings.pageRows });
  res.setHeader('Sforce-NumberOfRecords', String(rowsIn(desk.room.org, job, page)));
  res.setHeader('Sforce-Locator', page.next ?? 'null');
  const header = job.result.columns.map((column) => column.name);
  await sendCsv(req, res, csvPieces(header, job.result.values(page.from, page.to), job.dialect));
}

function resultPages(desk: Desk, req: Request, res: Response): void {
  const job = finished(desk, req, res);
  const base = req.originalUrl.replace(/\/resultPages.*$/, '');
  const { locator, maxRecords } = req.query;
  res.json(pagesFrom(job, base, { locator, maxRecords, pageRows: desk.settings.pageRows }));
}
