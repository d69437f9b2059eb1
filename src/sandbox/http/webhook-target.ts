import type { Router } from 'express';
import { z } from 'zod';

/** Where somebody wants to be told of what happens, and what deliveries are signed with. */
export interface Target {
  readonly url: string;
  readonly secret: string;
}

/** What is sent for one event: the vendor's own form. */
export interface Signed {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface WebhookTarget {
  /** Sends in the background, once; does nothing while nobody wants to be told. */
  readonly tell: (sign: (target: Target) => Signed) => void;
}

const TARGET = z.strictObject({ url: z.url(), secret: z.string().min(1) });
/** A vendor waits no longer for an answer. */
const PATIENCE_MS = 5_000;

/** `POST /__sandbox/webhooks {url, secret}` names the receiver, `DELETE` forgets it, `GET` lists the answers that it gave. */
export function mountWebhookTarget(router: Router): WebhookTarget {
  let target: Target | null = null;
  const answers: (number | string)[] = [];
  router.get('/webhooks', (_req, res) => {
    res.json({ url: target?.url ?? null, answers });
  });
  router.post('/webhooks', (req, res) => {
    const read = TARGET.safeParse(req.body);
    if (!read.success) {
      res.status(400).json({ message: 'url and secret are needed' });
      return;
    }
    target = read.data;
    res.status(201).json({ url: target.url });
  });
  router.delete('/webhooks', (_req, res) => {
    target = null;
    res.status(204).end();
  });
  return {
    tell: (sign) => {
      if (target !== null) void send(target.url, sign(target)).then((answer) => answers.push(answer));
    },
  };
}

/** Status of the answer, or why none came. */
async function send(url: string, { body, headers }: Signed): Promise<number | string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'Content-Type': 'application/json', ...headers },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    return String(error);
  }
}
