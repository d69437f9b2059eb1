import express, { type NextFunction, type Request, type Response } from 'express';
import { ApiError } from '../api-error.js';
import type { MountRoutes } from '../routes/contract.js';
import { sessionGate } from '../routes/session-gate.js';
import { asyncRoutes } from './async/async-routes.js';
import { ingestRoutes } from './ingest/ingest-routes.js';
import { queryRoutes } from './query/query-routes.js';
import { BULK_SETTINGS, type BulkSettings } from './settings.js';

/** Bulk API 2.0 (query and ingest) and what clients still use of the first Bulk API. */
export function bulkRoutes(settings: Partial<BulkSettings> = {}): MountRoutes {
  const whole = { ...BULK_SETTINGS, ...settings };
  return (root, room) => {
    const jobs = express.Router({ mergeParams: true });
    jobs.use(sessionGate(room));
    jobs.use(express.json({ limit: '1mb' }));
    jobs.use('/query', queryRoutes(room, whole));
    jobs.use('/ingest', ingestRoutes(room, whole));
    jobs.use(answerRefusal);
    root.use('/services/data/:version/jobs', jobs);
    root.use('/services/async/:version/job', asyncRoutes(room, whole));
  };
}

export const mountBulk: MountRoutes = bulkRoutes();

function answerRefusal(error: unknown, req: Request, res: Response, next: NextFunction): void {
  // A client that broke off in the middle of its upload hears nothing, and nothing was kept.
  if (req.destroyed && !req.complete) return;
  const refusal =
    error instanceof SyntaxError ? new ApiError(400, 'JSON_PARSER_ERROR', error.message) : error;
  if (!(refusal instanceof ApiError) || res.headersSent) {
    next(error);
    return;
  }
  res.status(refusal.status).json([{ errorCode: refusal.errorCode, message: refusal.message }]);
}
