import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { ApiError } from '../../api-error.js';
import type { RouteRoom } from '../../routes/contract.js';
import { callerOf, sessionGate } from '../../routes/session-gate.js';
import { csvPieces } from '../csv-text.js';
import { PLAIN_CSV } from '../dialect.js';
import { startOutcomes } from '../ingest/outcomes.js';
import { receiveUpload } from '../ingest/receive.js';
import { type Jobs, startJobs } from '../jobs.js';
import { sendCsv } from '../send-csv.js';
import type { BulkSettings } from '../settings.js';
import {
  type AsyncBatch,
  type AsyncJob,
  batchId,
  batchXml,
  jobXml,
  openAsyncJob,
  pollBatch,
} from './async-jobs.js';
import { BulkRefusal } from './refusal.js';
import { runBatch, WRITE_COLUMNS, writeResults } from './run-batch.js';
import { documentOf, element, elementsOf, list } from './xml.js';

interface Desk {
  readonly room: RouteRoom;
  readonly settings: BulkSettings;
  readonly jobs: Jobs<AsyncJob>;
  readonly nextBatchId: () => string;
}

/** The first Bulk API, as far as jsforce's `sobject().insertBulk` and `bulk.query` speak it. */
export function asyncRoutes(room: RouteRoom, settings: BulkSettings): Router {
  let batches = 0;
  const nextBatchId = (): string => {
    batches += 1;
    return batchId(batches);
  };
  const desk: Desk = { room, settings, jobs: startJobs('Ja1'), nextBatchId };
  const router = express.Router({ mergeParams: true });
  router.use(sessionGate(room));
  router.post('/', (req, res) => create(desk, req, res));
  router.get('/:id', (req, res) => sendXml(res, jobXml(jobIn(desk, req))));
  router.post('/:id', (req, res) => changeState(desk, req, res));
  router.post('/:id/batch', (req, res) => addBatch(desk, req, res));
  router.get('/:id/batch', (req, res) => {
    sendXml(res, list('batchInfoList', [...jobIn(desk, req).batches.values()].map(batchXml)));
  });
  router.get('/:id/batch/:batch', (req, res) =>
    sendXml(res, batchXml(keep(desk, pollBatch(batchIn(desk, req))))),
  );
  router.get('/:id/batch/:batch/result', (req, res) => result(desk, req, res));
  router.get('/:id/batch/:batch/result/:result', (req, res) => queryResult(desk, req, res));
  router.use(answerRefusal);
  return router;
}

function sendXml(res: Response, xml: string, status = 200): void {
  res.status(status).type('application/xml').send(documentOf(xml));
}

async function textOf(desk: Desk, req: Request): Promise<string> {
  return (await receiveUpload(req, desk.settings.maxBytes)).toString();
}

function jobIn(desk: Desk, req: Request): AsyncJob {
  return desk.jobs.find(String(req.params.id));
}

function batchIn(desk: Desk, req: Request): AsyncBatch {
  const batch = jobIn(desk, req).batches.get(String(req.params.batch));
  if (batch === undefined) throw new BulkRefusal('InvalidBatch', 'Unable to find batch');
  return batch;
}

function keep(desk: Desk, batch: AsyncBatch): AsyncBatch {
  const job = desk.jobs.find(batch.jobId);
  desk.jobs.put({ ...job, batches: new Map(job.batches).set(batch.id, batch) });
  return batch;
}

async function create(desk: Desk, req: Request, res: Response): Promise<void> {
  const elements = elementsOf(await textOf(desk, req), 'jobInfo');
  const job = openAsyncJob({ org: desk.room.org, caller: callerOf(res), elements, id: desk.jobs.nextId() });
  sendXml(res, jobXml(desk.jobs.put(job)), 201);
}

async function changeState(desk: Desk, req: Request, res: Response): Promise<void> {
  const { state } = elementsOf(await textOf(desk, req), 'jobInfo');
  const job = jobIn(desk, req);
  if (state !== 'Closed' && state !== 'Aborted')
    throw new BulkRefusal('InvalidJobState', `Unsupported state: ${state}`);
  if (job.state !== 'Open') throw new BulkRefusal('InvalidJobState', `The job is in state ${job.state}`);
  sendXml(res, jobXml(desk.jobs.put({ ...job, state })));
}

async function addBatch(desk: Desk, req: Request, res: Response): Promise<void> {
  const content = await receiveUpload(req, desk.settings.maxBytes);
  const job = jobIn(desk, req);
  if (job.state !== 'Open') throw new BulkRefusal('InvalidJobState', `The job is in state ${job.state}`);
  const { org } = desk.room;
  const outcomes = startOutcomes();
  const blank = { state: 'Queued', stateMessage: null, through: false, result: null } as const;
  const batch = { ...blank, id: desk.nextBatchId(), jobId: job.id, createdDate: org.stamp(), outcomes };
  keep(desk, batch);
  const current = (): AsyncBatch => desk.jobs.find(job.id).batches.get(batch.id) ?? batch;
  const stopped = (): boolean => desk.jobs.find(job.id).state === 'Aborted';
  runBatch({ org, caller: callerOf(res), job, content, outcomes, stopped }).then(
    (end) => keep(desk, { ...current(), ...end, through: true }),
    (error: unknown) =>
      keep(desk, { ...current(), stateMessage: `InternalServerError : ${String(error)}`, through: true }),
  );
  sendXml(res, batchXml(batch), 201);
}

async function result(desk: Desk, req: Request, res: Response): Promise<void> {
  const batch = finished(batchIn(desk, req));
  if (batch.result === null) {
    await sendCsv(req, res, csvPieces(WRITE_COLUMNS, writeResults(batch.outcomes), PLAIN_CSV));
  } else {
    sendXml(res, element('result-list', { result: resultId(batch) }));
  }
}

function finished(batch: AsyncBatch): AsyncBatch {
  if (batch.state !== 'Completed' && batch.state !== 'Failed')
    throw new BulkRefusal('InvalidBatch', 'Batch not completed');
  return batch;
}

/** A query has one result, named after its batch. */
function resultId(batch: AsyncBatch): string {
  return `752${batch.id.slice(3)}`;
}

async function queryResult(desk: Desk, req: Request, res: Response): Promise<void> {
  const batch = finished(batchIn(desk, req));
  if (batch.result === null || req.params.result !== resultId(batch))
    throw new BulkRefusal('InvalidBatch', 'Unable to find result');
  const header = batch.result.columns.map((column) => column.name);
  await sendCsv(req, res, csvPieces(header, batch.result.values(0, batch.result.total), PLAIN_CSV));
}

const CODES: Readonly<Record<string, string>> = {
  INVALID_SESSION_ID: 'InvalidSessionId',
  NOT_FOUND: 'InvalidJob',
  REQUEST_LIMIT_EXCEEDED: 'ExceededQuota',
};

function answerRefusal(error: unknown, req: Request, res: Response, next: NextFunction): void {
  if (req.destroyed && !req.complete) return;
  const known = error instanceof BulkRefusal || error instanceof ApiError;
  if (!known || res.headersSent) {
    next(error);
    return;
  }
  const code =
    error instanceof BulkRefusal ? error.exceptionCode : (CODES[error.errorCode] ?? error.errorCode);
  sendXml(res, element('error', { exceptionCode: code, exceptionMessage: error.message }), 400);
}
