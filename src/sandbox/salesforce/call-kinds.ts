import type { RestRoute } from './rest/contract.js';
import { kindOfRest } from './rest/dispatch.js';

/** Calls that are no plain REST resource, by `METHOD path`. First match counts. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^POST \/services\/oauth2\/token/, 'token'],
  [/^\w+ \/services\/oauth2\//, 'oauth'],
  [/^\w+ \/id\//, 'identity'],
  [/^GET \/services\/data$/, 'versions'],
  [/^POST \/services\/Soap\/m\//i, 'metadata-soap'],
  [/^POST \/services\/Soap\//i, 'soap'],
  [/^\w+ \/cometd\//, 'streaming'],
  [/^POST .*\/jobs\/query$/, 'bulk-query-create'],
  [/^GET .*\/jobs\/query\/[^/]+\/results$/, 'bulk-query-results'],
  [/^GET .*\/jobs\/query\/[^/]+\/resultPages$/, 'bulk-query-results'],
  [/^GET .*\/jobs\/query\/[^/]+$/, 'bulk-query-poll'],
  [/^(?:DELETE|PATCH) .*\/jobs\/query\/[^/]+$/, 'bulk-query-end'],
  [/^GET .*\/jobs\/query$/, 'bulk-list'],
  [/^POST .*\/jobs\/ingest$/, 'bulk-ingest-create'],
  [/^PUT .*\/jobs\/ingest\/[^/]+\/batches$/, 'bulk-ingest-upload'],
  [/^PATCH .*\/jobs\/ingest\/[^/]+$/, 'bulk-ingest-close'],
  [
    /^GET .*\/jobs\/ingest\/[^/]+\/(?:successfulResults|failedResults|unprocessedrecords)$/,
    'bulk-ingest-results',
  ],
  [/^GET .*\/jobs\/ingest\/[^/]+$/, 'bulk-ingest-poll'],
  [/^DELETE .*\/jobs\/ingest\/[^/]+$/, 'bulk-ingest-end'],
  [/^GET .*\/jobs\/ingest$/, 'bulk-list'],
  [/^\w+ \/services\/async\//, 'bulk-v1'],
  [/^\w+ .*\/tooling\//, 'tooling'],
  [/^\w+ .*\/metadata\//, 'metadata-rest'],
];

/** Names a call for the log: what sort of thing was asked, without ids. */
export function callKind(routes: readonly RestRoute[], method: string, rawPath: string): string {
  const path = rawPath.replace(/^\/{2,}/, '/').replace(/\/$/, '');
  const special = KINDS.find(([pattern]) => pattern.test(`${method} ${path}`));
  if (special !== undefined) {
    return special[1];
  }
  const rest = /^\/services\/data\/v\d+\.\d(.*)$/.exec(path)?.[1];
  return rest === undefined ? 'other' : (kindOfRest(routes, method, rest) ?? 'other');
}
