import type { Router } from 'express';
import { applyDml } from './dml/apply-dml.js';
import { mergeRecords } from './merge.js';
import { isObject, type JsonObject } from './rest/body.js';
import { attempt } from './routes/attempt.js';
import { addRule } from './rules.js';
import type { Org } from './store/org.js';

/** Switches beside the shared ones: what an administrator or the platform does, and no API client can. */
export function mountSwitches(router: Router, org: Org): void {
  router.post('/merge', (req, res) =>
    attempt(res, () => {
      const body = bodyOf(req.body);
      const merge = {
        object: String(body.object),
        master: String(body.master),
        losers: textsOf(body.losers),
      };
      const moved = mergeRecords(org, merge, { userId: org.users.admin, origin: '' });
      return { moved };
    }),
  );
  router.get('/writes', (req, res) => res.json(org.writes.of(String(req.query.object ?? ''))));
  router.get('/quota', (_req, res) => res.json({ max: org.quota.max(), used: org.quota.used() }));
  router.post('/hard-delete', (req, res) => attempt(res, () => hardDelete(org, bodyOf(req.body))));
  router.post('/rules', (req, res) => attempt(res, () => addRule(org, bodyOf(req.body))));
  router.post('/close', (req, res) =>
    attempt(res, () => {
      const { object, field } = bodyOf(req.body);
      org.access.close(String(object), ...(typeof field === 'string' ? [field] : []));
      return { object, field };
    }),
  );
  router.post('/quota', (req, res) =>
    attempt(res, () => {
      org.quota.limit(Number(bodyOf(req.body).dailyApiRequests));
      return { max: org.quota.max(), used: org.quota.used() };
    }),
  );
}

function bodyOf(body: unknown): JsonObject {
  return isObject(body) ? body : {};
}

function textsOf(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.map(String) : [];
}

/** As when the recycle bin was emptied: gone without a trace for any query. */
function hardDelete(org: Org, body: JsonObject): unknown {
  const session = { token: '', userId: org.users.admin, clientId: null, expiresAt: 0 };
  const caller = { session, version: 0, origin: '', strike: () => null };
  const rows = textsOf(body.ids).map((Id) => ({ Id }));
  return applyDml(org, caller, { operation: 'hardDelete', object: String(body.object), rows });
}
