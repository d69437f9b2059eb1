import type { ChangeHint } from '../../../../ports/change-feed.js';
import { channelOf } from './channels.js';
import type { StreamClient } from './client.js';
import { heard, type OwnFields, wholeObject } from './convert.js';
import { type Ending, failureOf, refusalOf } from './endings.js';
import { writePosition } from './position.js';
import type { Advice, Message } from './schema.js';

/** What is kept from one connection to the next. */
export interface Following {
  readonly objects: readonly string[];
  readonly own: OwnFields;
  /** Object -> replay id. */
  readonly position: Map<string, number>;
  /** Objects of which something may have passed by unheard: told as a whole once they are followed again. */
  readonly missed: Set<string>;
  readonly hint: (hint: ChangeHint) => Promise<void>;
  /** All is well; `refused` = objects that cannot be followed, and why. */
  readonly live: (refused: ReadonlyMap<string, string>) => void;
  readonly pause: (ms: number) => Promise<void>;
  /** How much longer than the server's own time we wait for its answer, in milliseconds. */
  readonly slackMs: number;
}

/** From handshake to the end of one connection. Resolves with why it ended. */
export async function round(following: Following, client: StreamClient): Promise<Ending> {
  let held = false;
  try {
    const shaken = await client.handshake();
    if (shaken.successful !== true) return refusalOf(shaken);
    const refused = await subscribeAll(following, client);
    if (refused.size === following.objects.length) return nothingToFollow(refused);
    following.live(refused);
    await tellMissed(following, refused);
    let advice: Advice = shaken.advice ?? {};
    for (;;) {
      held = true;
      const answers = await client.connect((advice.timeout ?? HOLD_MS) + following.slackMs);
      held = false;
      await tellAll(following, answers);
      const connect = answers.find(({ channel }) => channel === '/meta/connect');
      if (connect?.successful === false) return refusalOf(connect);
      advice = { ...advice, ...connect?.advice };
      if (advice.reconnect !== undefined && advice.reconnect !== 'retry') return refusalOf(connect ?? shaken);
      following.live(refused);
      if ((advice.interval ?? 0) > 0) await following.pause(advice.interval ?? 0);
    }
  } catch (error) {
    return failureOf(error, held);
  }
}

/** Where the server does not say how long it holds a connect. */
const HOLD_MS = 110_000;
const FROM_NOW = -1;

async function subscribeAll(
  following: Following,
  client: StreamClient,
): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>();
  for (const object of following.objects) {
    const why = await subscribeOne(following, client, object);
    if (why !== null) refused.set(object, why);
  }
  return refused;
}

/** A replay id that Salesforce does not keep any more: from now, and what lies between is read as a whole. */
async function subscribeOne(
  { position, missed }: Following,
  client: StreamClient,
  object: string,
): Promise<string | null> {
  const channel = channelOf(object);
  const known = position.get(object);
  const answer = await client.subscribe(channel, known ?? FROM_NOW);
  if (answer.successful === true) return null;
  if (known === undefined || !isReplayError(answer)) return reason(answer);
  position.delete(object);
  missed.add(object);
  const again = await client.subscribe(channel, FROM_NOW);
  return again.successful === true ? null : reason(again);
}

function isReplayError({ error }: Message): boolean {
  return /replayId/i.test(error ?? '');
}

function reason({ error }: Message): string {
  return (error ?? 'no reason given').slice(0, 160);
}

async function tellMissed({ missed, position, hint }: Following, refused: ReadonlyMap<string, string>) {
  for (const object of [...missed]) {
    if (refused.has(object)) continue;
    await hint({ ...wholeObject(object), position: writePosition(position) });
    missed.delete(object);
  }
}

async function tellAll(following: Following, answers: readonly Message[]): Promise<void> {
  const { objects, own, position, hint } = following;
  const byChannel = new Map(objects.map((object) => [channelOf(object), object]));
  for (const { channel, data } of answers) {
    const object = byChannel.get(channel);
    if (object === undefined) continue;
    const { hint: change, replayId, echo } = heard(object, data, own);
    const next = replayId === null ? position : new Map(position).set(object, replayId);
    if (!echo) await hint({ ...change, position: writePosition(next) });
    // Only now: what the listener could not take is told again.
    if (replayId !== null) position.set(object, replayId);
  }
}

function nothingToFollow(refused: ReadonlyMap<string, string>): Ending {
  const [text = ''] = refused.values();
  const ending = refusalOf({ channel: '/meta/subscribe', error: text });
  return ending.login ? ending : { ...ending, waitMs: ending.waitMs ?? QUARTER_HOUR };
}

const QUARTER_HOUR = 15 * 60_000;
