import express, { type Router } from 'express';
import type { Desk } from '../../service/desk.js';
import { readinessOf } from '../../service/views/readiness.js';
import { noteRoute } from './routes.js';

/** `/healthz`: the process answers. `/readyz`: everything that it needs answers, too; each part with a reason where it does not. */
export function probes(desks: readonly Desk[], realNow: () => number): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.get('/healthz', noteRoute('/healthz'), (_request, response) => {
    response.setHeader('Cache-Control', 'no-store').json({ status: 'alive' });
  });
  router.get('/readyz', noteRoute('/readyz'), async (_request, response) => {
    const orgs = await Promise.all(desks.map((desk) => readinessOf(desk, realNow())));
    const ready = orgs.every((org) => org.ready);
    response
      .status(ready ? 200 : 503)
      .setHeader('Cache-Control', 'no-store')
      .json({ ready, orgs });
  });
  return router;
}
