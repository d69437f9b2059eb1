import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { openThrottles } from '../../../compose-service.js';
import { type OrgEntry, orgsIn } from '../../../config/orgs-file.js';
import { IntegrationError } from '../../../ports/errors.js';
import type { Throttles } from '../../../ports/throttle.js';
import type { Desk } from '../../../service/desk.js';
import type { OrgPlace } from '../../connection/org-place.js';
import { type AppOptions, createApp } from '../../http/app.js';
import { consolePages } from '../../http/console/console.js';
import { type DeskRoom, openDeskRoom } from '../../http/desk-room.js';
import { consolePart } from '../../http/session/console-part.js';
import { startHttp } from '../../http/start-http.js';
import { type WebhookSecrets, webhookPart } from '../../http/webhooks/webhook-part.js';
import { version } from '../../version.js';
import { EXIT } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';
import { GRACE_MS } from './worker.js';

export interface ServeFlags {
  readonly host: string;
  readonly port: number;
  /** A file that lists several orgs; null = the one of `place`. */
  readonly orgs: string | null;
  /** Proxies before us whose `X-Forwarded-…` headers are believed. */
  readonly proxies: number;
}

/** `serve`: API, console and engine, until it is asked to stop. */
export async function serveCommand(place: OrgPlace, terminal: Terminal, flags: ServeFlags): Promise<number> {
  const rooms: DeskRoom[] = [];
  let throttles: Throttles | undefined;
  try {
    for (const one of placesOf(place, flags.orgs)) rooms.push(await openDeskRoom(one));
    const [first] = rooms;
    if (first === undefined) return EXIT.usage;
    throttles = openThrottles(first.around);
    const app = createApp(
      rooms.map(({ desk }) => desk),
      optionsOf(first, flags, {
        throttles,
        parts: [webhookPart(secretsIn(rooms)), consolePart(consolePages(Date.now))],
      }),
    );
    const http = await startHttp(app, { host: flags.host, port: flags.port });
    terminal.json({ url: http.url, orgs: rooms.map(({ desk }) => desk.org) });
    terminal.aside(`Truenorth serves ${rooms.map(({ desk }) => desk.org).join(', ')} at ${http.url}`);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    terminal.aside('Stopping: what is under way comes to its next safe point.');
    await http.close(GRACE_MS);
    return EXIT.done;
  } finally {
    await Promise.all(rooms.map((room) => room.stop(GRACE_MS)));
    await throttles?.close();
  }
}

/** Each org's webhooks are signed with secrets of its own. */
function secretsIn(rooms: readonly DeskRoom[]): (desk: Desk) => WebhookSecrets {
  return (desk) =>
    rooms.find((room) => room.desk === desk)?.around.environment.webhookSecrets ?? {
      hubspot: null,
      outreach: null,
    };
}

function optionsOf(
  { around }: DeskRoom,
  { proxies }: ServeFlags,
  serving: Pick<AppOptions, 'throttles' | 'parts'>,
): AppOptions {
  const { environment, log } = around;
  return {
    ...serving,
    publicUrl: environment.publicUrl,
    proxies,
    version: version(),
    log,
    realNow: Date.now,
  };
}

function placesOf(place: OrgPlace, file: string | null): readonly OrgPlace[] {
  if (file === null) return [place];
  return orgsIn(file, textOf(file)).map(({ name, folder, envFile }: OrgEntry) => ({
    name,
    folder,
    envFile,
    now: place.now,
  }));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new IntegrationError({
      kind: 'Config',
      code: 'ORGS_FILE_UNREADABLE',
      message: `The list of orgs, ${file}, can’t be read.`,
      actions: [
        'Give --orgs a YAML file with `orgs:`, each with name, dir and envFile (docs/runbook.md, "Several orgs").',
      ],
      retryable: false,
      provider: 'config',
      operation: 'read the list of orgs',
      cause,
    });
  }
}
