import express, { type Request, type RequestHandler, type Router } from 'express';
import type { Throttle } from '../../../ports/throttle.js';
import type { Desk } from '../../../service/desk.js';
import type { Heard } from '../../../service/webhooks/heard.js';
import { type PeopleHints, peopleHints } from '../../../service/webhooks/people-hints.js';
import { pass } from '../access.js';
import type { AppOptions, AppPart } from '../app.js';
import { Problem } from '../problem.js';
import { noteRoute } from '../routes.js';
import { traceOf } from '../trace.js';
import { heardFromHubspot } from './hubspot.js';
import { heardFromOutreach } from './outreach.js';
import { FRESH_MS, isFresh, isSignedByHubspot, isSignedByOutreach } from './signatures.js';

/** What webhooks of each tool are signed with; null = they are refused. */
export interface WebhookSecrets {
  readonly hubspot: string | null;
  readonly outreach: string | null;
}

const BODY_BYTES = 1_024 * 1_024;
/** Deliveries from one address that are not to be believed, before none of it is looked at for a while. */
const REFUSED = { most: 60, windowMs: 60_000 };

/**
 * Webhooks of HubSpot and Outreach. They are hints: a delivery that is signed, fresh and new asks for the people it
 * names to be read; nothing that it says is believed.
 */
export function webhookPart(secretsOf: (desk: Desk) => WebhookSecrets): AppPart {
  return {
    path: '/webhooks',
    router: (desk, _base, options) => {
      const refused = options.throttles.of('refused webhooks', REFUSED);
      const at: Receiving = { desk, options, refused, secrets: secretsOf(desk), hints: peopleHints(desk) };
      const router = express.Router({ caseSensitive: true, strict: true });
      receive(router, at, '/hubspot', fromHubspot);
      receive(router, at, '/outreach', fromOutreach);
      return router;
    },
  };
}

interface Receiving {
  readonly desk: Desk;
  readonly options: AppOptions;
  readonly refused: Throttle;
  readonly secrets: WebhookSecrets;
  readonly hints: PeopleHints;
}

/** What it tells; null when it is signed and can't be read. Throws where it is not to be believed. */
type Opening = (at: Receiving, request: Request, body: Buffer) => Heard | null;

function receive(router: Router, at: Receiving, path: string, open: Opening): void {
  const raw = express.raw({ type: () => true, limit: BODY_BYTES, inflate: false });
  const take: RequestHandler = async (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const heard = await opened(at, request, { open, body });
    if (heard === null) throw unreadable();
    const news = await isNews(at.desk, heard);
    const asker = { who: `webhook:${heard.tool}`, trace: traceOf(response) };
    if (news && heard.records.length > 0) await at.hints(heard.tool, heard.records, asker);
    response.status(200).json({ taken: news });
  };
  router.post(path, noteRoute(`/webhooks${path}`), raw, take);
  router.all(path, noteRoute(`/webhooks${path}`), onlyPost);
}

/** Whoever forges again and again is not listened to any more. */
async function opened(
  at: Receiving,
  request: Request,
  { open, body }: { readonly open: Opening; readonly body: Buffer },
): Promise<Heard | null> {
  try {
    return open(at, request, body);
  } catch (error) {
    if (error instanceof Problem && error.status === 401) await pass(at.refused, request.ip ?? '');
    throw error;
  }
}

async function isNews({ store, digest, clock }: Desk, { tool, delivery }: Heard): Promise<boolean> {
  return store.deliveries.first(tool, digest.content(delivery), clock.now());
}

const fromHubspot: Opening = ({ desk, options, secrets }, request, body) => {
  if (secrets.hubspot === null) throw notConfigured('TRUENORTH_HUBSPOT_APP_SECRET');
  if (options.publicUrl === null) throw notConfigured('TRUENORTH_PUBLIC_URL');
  const delivery = {
    method: request.method,
    url: options.publicUrl + request.originalUrl,
    body,
    signature: request.get('X-HubSpot-Signature-v3') ?? '',
    timestamp: request.get('X-HubSpot-Request-Timestamp') ?? '',
  };
  if (!isSignedByHubspot(delivery, secrets.hubspot, desk.clock.now())) throw notSigned();
  const { marketing } = desk.settings();
  const ours = new Set((marketing?.contact ?? []).map(({ property }) => property));
  return heardFromHubspot(parsed(body), ours);
};

const fromOutreach: Opening = ({ desk, secrets }, request, body) => {
  if (secrets.outreach === null) throw notConfigured('TRUENORTH_OUTREACH_WEBHOOK_SECRET');
  const signature = request.get('Outreach-Webhook-Signature') ?? '';
  if (!isSignedByOutreach(body, signature, secrets.outreach)) throw notSigned();
  const heard = heardFromOutreach(parsed(body), body.toString('utf8'));
  if (heard !== null && heard.sentAt !== null && !isFresh(heard.sentAt, desk.clock.now())) throw notSigned();
  return heard;
};

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

const onlyPost: RequestHandler = () => {
  throw new Problem({
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    detail: 'Webhooks are sent with POST.',
    actions: ['Use POST.'],
    headers: { Allow: 'POST' },
  });
};

function notConfigured(variable: string): Problem {
  return new Problem({
    status: 404,
    code: 'WEBHOOK_NOT_CONFIGURED',
    detail: 'Webhooks of this tool are not taken in here.',
    actions: [`Set ${variable} where the service runs, then start it again.`],
  });
}

/** One answer whatever was wrong: who forges must not learn what. */
function notSigned(): Problem {
  return new Problem({
    status: 401,
    code: 'SIGNATURE_REFUSED',
    detail: `The signature does not fit, or it is older than ${FRESH_MS / 60_000} minutes.`,
    actions: [
      'Compare the secret of the webhook with that of the service, TRUENORTH_PUBLIC_URL with the address that is called, and both clocks.',
    ],
  });
}

function unreadable(): Problem {
  return new Problem({
    status: 400,
    code: 'WEBHOOK_NOT_READABLE',
    detail: 'The delivery is signed, and still none that this tool is known to send.',
    actions: [
      'Look whether the tool changed the form of its webhooks; the regular reading goes on meanwhile.',
    ],
  });
}
