import express, { type Request, type Response, type Router } from 'express';
import type { SandboxClock } from '../clock.js';
import { type Loopback, startLoopback } from '../http/loopback.js';
import { type Delivery, startDeliveries } from './deliveries.js';
import { objection } from './envelope.js';
import { proves } from './signature.js';

export interface WebhookStart {
  /** 0 or absent = any free port. */
  readonly port?: number;
  readonly seed: number;
  readonly clock: SandboxClock;
  /** What deliveries must be signed with. */
  readonly secret: string;
}

export interface WebhookReceiver extends Loopback {
  /** What was taken, each key once, oldest first. */
  readonly deliveries: () => readonly Delivery[];
}

/** Somebody's own receiver of signed events, over HTTP on loopback: checks, keeps, and knows what it has had. */
export async function startWebhook(start: WebhookStart): Promise<WebhookReceiver> {
  const desk = startDeliveries();
  const loopback = await startLoopback({
    port: start.port ?? 0,
    clock: start.clock,
    seed: start.seed,
    kindOf: () => 'event',
    faultBody: (status) => ({ error: `fault ${status} set on purpose` }),
    mount: (app) => {
      app.post('/events', express.text({ type: '*/*', limit: '1mb' }), (req, res) => {
        take(req, res, { desk, start });
      });
    },
    control: (router) => mountSwitches(router, desk),
  });
  return { ...loopback, deliveries: desk.all };
}

interface Desk {
  readonly desk: ReturnType<typeof startDeliveries>;
  readonly start: WebhookStart;
}

function take(req: Request, res: Response, { desk, start }: Desk): void {
  const raw = typeof req.body === 'string' ? req.body : '';
  const key = req.get('idempotency-key') ?? '';
  const stamped = { timestamp: req.get('truenorth-timestamp'), signature: req.get('truenorth-signature') };
  if (!proves(stamped, raw, { secret: start.secret, now: start.clock.now() })) {
    res.status(401).json({ error: 'signature does not match, or is too old' });
    return;
  }
  const answer = desk.nextAnswer();
  if (answer !== null) {
    res
      .status(answer.status)
      .set({ ...answer.headers })
      .json({ error: `answered ${answer.status} on purpose` });
    return;
  }
  const against = objection(req.get('content-type') ?? '', key, raw);
  if (against !== null) {
    res.status(400).json({ error: against });
    return;
  }
  const fresh = desk.keep({ key, at: Math.floor(start.clock.now()), body: JSON.parse(raw) });
  res.status(fresh ? 202 : 409).json({ key });
}

/** `GET|DELETE deliveries` and `POST answer {status, times, headers}`. */
function mountSwitches(router: Router, desk: Desk['desk']): void {
  router.get('/deliveries', (_req, res) => {
    res.json(desk.all());
  });
  router.delete('/deliveries', (_req, res) => {
    desk.clear();
    res.status(204).end();
  });
  router.post('/answer', (req, res) => {
    const { status, times, headers } = req.body ?? {};
    if (!Number.isInteger(status) || status < 200 || status > 599) {
      res.status(400).json({ message: 'status must be a whole number from 200 to 599' });
      return;
    }
    desk.answer({ status, headers: { ...headers }, times: Number.isInteger(times) ? times : 1 });
    res.status(204).end();
  });
}
