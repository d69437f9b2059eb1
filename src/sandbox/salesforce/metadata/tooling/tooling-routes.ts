import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { notFound } from '../../api-error.js';
import type { RestRequest, RestRoute } from '../../rest/contract.js';
import { startCursors } from '../../rest/cursors.js';
import { DESCRIBE_ROUTES } from '../../rest/describe.js';
import { findAndRun } from '../../rest/dispatch.js';
import { queryRoutes } from '../../rest/query.js';
import type { RouteRoom } from '../../routes/contract.js';
import { callerOf, sessionGate } from '../../routes/session-gate.js';
import type { Org } from '../../store/org.js';
import type { Caller } from '../../store/sessions.js';
import type { MetadataOrg } from '../metadata-org.js';
import { createField, deleteField, readField, updateField } from './custom-field-calls.js';
import { toolingView } from './tooling-org.js';

const ROOT = '/services/data/:version/tooling';

/** The Tooling API: questions about the org's shape, and single custom fields. */
export function mountTooling(router: Router, room: RouteRoom, metadata: MetadataOrg): void {
  const gate = sessionGate(room);
  const json = express.json({ limit: '5mb' });
  const view = toolingView(metadata);
  router.post(`${ROOT}/sobjects/CustomField`, gate, json, (req, res) => {
    res
      .status(201)
      .json({ id: createField(req.body, metadata), success: true, errors: [], warnings: [], infos: [] });
  });
  router.get(`${ROOT}/sobjects/CustomField/:id`, skipDescribe, gate, (req, res) => {
    res.json(readField(idOf(req), metadata, versionOf(callerOf(res))));
  });
  router.patch(`${ROOT}/sobjects/CustomField/:id`, gate, json, (req, res) => {
    updateField(idOf(req), req.body, metadata);
    res.status(204).end();
  });
  router.delete(`${ROOT}/sobjects/CustomField/:id`, gate, (req, res) => {
    deleteField(idOf(req), metadata);
    res.status(204).end();
  });
  // Nothing else can be written; SourceMember is not even there: this org does not track its source.
  const routes = [...queryRoutes(startCursors(room.org.clock)), ...DESCRIBE_ROUTES].filter(
    (route) => route.method === 'GET',
  );
  router.use(ROOT, gate, (req, res) => ask(req, res, { routes, room: { ...room, org: view() } }));
}

/** The questions of the REST API, asked of the tooling objects. */
function ask(
  req: Request,
  res: Response,
  {
    routes,
    room,
  }: { readonly routes: readonly RestRoute[]; readonly room: RouteRoom & { readonly org: Org } },
): void {
  const caller = callerOf(res);
  const at = req.originalUrl.indexOf('?');
  const request: RestRequest = {
    room,
    caller,
    method: req.method,
    base: `/services/data/v${versionOf(caller)}/tooling`,
    path: req.path.replace(/\/$/, ''),
    query: new URLSearchParams(at < 0 ? '' : req.originalUrl.slice(at + 1)),
    header: (name) => req.header(name),
    body: undefined,
  };
  const answer = findAndRun(routes, request);
  if (answer === null) throw notFound();
  res.status(answer.status).json(asTooling(answer.body));
}

function skipDescribe(req: Request, _res: Response, next: NextFunction): void {
  if (idOf(req) === 'describe') next('route');
  else next();
}

function idOf(req: Request): string {
  return String(req.params.id);
}

function versionOf(caller: Caller): string {
  return caller.version.toFixed(1);
}

/** A page of records says its size and type, `Metadata` is an object, and records live under `/tooling/sobjects`. */
function asTooling(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('records' in body) || !Array.isArray(body.records)) {
    return body;
  }
  const records = body.records.map(asToolingRecord);
  return { size: records.length, queryLocator: null, ...body, records };
}

function asToolingRecord(record: Readonly<Record<string, unknown>>): unknown {
  const { attributes, Metadata: metadata, ...rest } = record;
  const known = typeof attributes === 'object' && attributes !== null ? attributes : {};
  const url = String(Reflect.get(known, 'url') ?? '').replace('/sobjects/', '/tooling/sobjects/');
  return {
    attributes: { ...known, ...(url === '' ? {} : { url }) },
    ...rest,
    ...(typeof metadata === 'string' ? { Metadata: JSON.parse(metadata) } : {}),
  };
}
