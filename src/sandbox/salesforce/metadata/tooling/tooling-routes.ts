import express, { type Request, type Router } from 'express';
import { ApiError, notFound } from '../../api-error.js';
import type { RouteRoom } from '../../routes/contract.js';
import { callerOf, sessionGate } from '../../routes/session-gate.js';
import { runSoql } from '../../soql/run-soql.js';
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
  router.get(`${ROOT}/query`, gate, (req, res) => {
    const result = runSoql(view(), callerOf(res), questionOf(req));
    const records = [...result.records(0, result.total)].map((record) => asTooling(record));
    res.json({
      size: records.length,
      totalSize: result.total,
      done: true,
      queryLocator: null,
      entityTypeName: result.object,
      records,
    });
  });
  router.post(`${ROOT}/sobjects/CustomField`, gate, json, (req, res) => {
    res
      .status(201)
      .json({ id: createField(req.body, metadata), success: true, errors: [], warnings: [], infos: [] });
  });
  router.get(`${ROOT}/sobjects/CustomField/:id`, gate, (req, res) => {
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
  // SourceMember is not there: this org does not track its source, and the CLI asks (seen 2026-11).
  router.use(`${ROOT}/`, gate, () => {
    throw notFound();
  });
}

function questionOf(req: Request): string {
  const question = req.query.q;
  if (typeof question !== 'string')
    throw new ApiError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
  return question;
}

function idOf(req: Request): string {
  return String(req.params.id);
}

function versionOf(caller: Caller): string {
  return caller.version.toFixed(1);
}

/** `Metadata` is an object in answers, and records live under `/tooling/sobjects`. */
function asTooling(record: Readonly<Record<string, unknown>>): unknown {
  const { attributes, Metadata: metadata, ...rest } = record;
  const url =
    typeof attributes === 'object' && attributes !== null ? Reflect.get(attributes, 'url') : undefined;
  const moved = typeof url === 'string' ? { url: url.replace('/sobjects/', '/tooling/sobjects/') } : {};
  return {
    attributes: typeof attributes === 'object' ? { ...attributes, ...moved } : attributes,
    ...rest,
    ...(typeof metadata === 'string' ? { Metadata: JSON.parse(metadata) } : {}),
  };
}
