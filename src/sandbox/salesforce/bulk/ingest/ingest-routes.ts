import express, { type Request, type Response, type Router } from 'express';
import { ApiError } from '../../api-error.js';
import type { RouteRoom } from '../../routes/contract.js';
import { callerOf } from '../../routes/session-gate.js';
import type { Caller } from '../../store/sessions.js';
import { checkVersion, invalidState, type Jobs, listPage, startJobs } from '../jobs.js';
import { asObject, bodyOf } from '../json-body.js';
import { sendCsv } from '../send-csv.js';
import type { BulkSettings } from '../settings.js';
import {
  type IngestJob,
  ingestJobInfo,
  ingestJobProgress,
  openIngestJob,
  pollIngestJob,
} from './ingest-jobs.js';
import { ingestResults, RESULT_KINDS, type ResultKind } from './ingest-results.js';
import { startOutcomes } from './outcomes.js';
import { processJob } from './process-job.js';
import { receiveMultipart, receiveUpload } from './receive.js';

interface Desk {
  readonly room: RouteRoom;
  readonly settings: BulkSettings;
  readonly jobs: Jobs<IngestJob>;
}

/** `/jobs/ingest`: open, upload once, close, poll, read what became of each row. */
export function ingestRoutes(room: RouteRoom, settings: BulkSettings): Router {
  const desk: Desk = { room, settings, jobs: startJobs('Ji1') };
  const router = express.Router({ mergeParams: true });
  router.get('/', (req, res) => {
    const page = { path: req.baseUrl, locator: req.query.queryLocator, infoOf: ingestJobProgress };
    res.json(listPage(desk.jobs, page));
  });
  router.post('/', (req, res) => create(desk, req, res));
  router.get('/:id', (req, res) => {
    res.json(ingestJobProgress(desk.jobs.put(pollIngestJob(jobIn(desk, req), desk.settings.leastMs))));
  });
  router.put('/:id/batches', (req, res) => upload(desk, req, res));
  router.patch('/:id', (req, res) => changeState(desk, req, res));
  router.delete('/:id', (req, res) => remove(desk, req, res));
  for (const kind of RESULT_KINDS) {
    router.get(`/:id/${kind}`, (req, res) => results(desk, req, { res, kind }));
  }
  return router;
}

function jobIn(desk: Desk, req: Request): IngestJob {
  return desk.jobs.find(String(req.params.id));
}

async function create(desk: Desk, req: Request, res: Response): Promise<void> {
  const multipart = req.is('multipart/form-data') === 'multipart/form-data';
  const parts = multipart ? await receiveMultipart(req, desk.settings.maxBytes) : null;
  const body = parts === null ? bodyOf(req) : asObject(parts.job);
  const caller = callerOf(res);
  const { org } = desk.room;
  const job = openIngestJob({ org, caller, body, id: desk.jobs.nextId(), outcomes: startOutcomes() });
  const kept = desk.jobs.put({ ...job, content: parts?.content ?? null });
  res.json(ingestJobInfo(parts === null ? kept : start(desk, kept, caller)));
}

async function upload(desk: Desk, req: Request, res: Response): Promise<void> {
  const job = jobIn(desk, req);
  if (job.state !== 'Open') throw invalidState(`A job in state ${job.state} takes no content`);
  if (job.content !== null) throw secondContent(job);
  const content = await receiveUpload(req, desk.settings.maxBytes);
  const now = jobIn(desk, req);
  if (now.content !== null) throw secondContent(job);
  desk.jobs.put({ ...now, content });
  res.status(201).end();
}

/** Seen in the wild (jsforce#1370). */
function secondContent(job: IngestJob): ApiError {
  const message = `Found multiple contents for job: <${job.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`;
  return new ApiError(400, 'BULK_API_ERROR', message);
}

function changeState(desk: Desk, req: Request, res: Response): void {
  const job = jobIn(desk, req);
  const { state } = bodyOf(req);
  const fresh = job.state === 'Open' || job.state === 'UploadComplete' || job.state === 'InProgress';
  if (state === 'UploadComplete' && job.state === 'Open') {
    res.json(ingestJobInfo(start(desk, job, callerOf(res))));
  } else if (state === 'Aborted' && fresh) {
    res.json(ingestJobInfo(desk.jobs.put({ ...job, state: 'Aborted' })));
  } else {
    throw invalidState(`A job in state ${job.state} cannot be set to ${String(state)}`);
  }
}

/** Closes the upload and begins to write; polls tell how far it has come. */
function start(desk: Desk, job: IngestJob, caller: Caller): IngestJob {
  const startedAt = performance.now();
  const begun = desk.jobs.put({ ...job, state: 'UploadComplete', startedAt });
  const current = (): IngestJob | null => desk.jobs.all().find((one) => one.id === job.id) ?? null;
  const stopped = (): boolean => (current()?.state ?? 'Aborted') === 'Aborted';
  const ended = (errorMessage: string | null): void => {
    const now = current();
    const tookMs = Math.round(performance.now() - startedAt);
    if (now !== null) desk.jobs.put({ ...now, through: true, errorMessage, tookMs });
  };
  const content = job.content ?? Buffer.alloc(0);
  setImmediate(() => {
    processJob({ org: desk.room.org, caller, job: begun, content, stopped }).then(ended, (error: unknown) =>
      ended(`InternalServerError : ${String(error)}`),
    );
  });
  return begun;
}

function remove(desk: Desk, req: Request, res: Response): void {
  const job = jobIn(desk, req);
  if (job.state === 'Open' || job.state === 'InProgress')
    throw invalidState(`A job in state ${job.state} cannot be deleted: abort it first`);
  desk.jobs.remove(job.id);
  res.status(204).end();
}

interface ResultAsked {
  readonly res: Response;
  readonly kind: ResultKind;
}

async function results(desk: Desk, req: Request, { res, kind }: ResultAsked): Promise<void> {
  const job = jobIn(desk, req);
  checkVersion(job, callerOf(res).version);
  if (!['JobComplete', 'Failed', 'Aborted'].includes(job.state))
    throw invalidState(`Results are not available in state ${job.state}`);
  await sendCsv(req, res, ingestResults(job, kind));
}
