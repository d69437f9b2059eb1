import { CHANNELS } from '../domain/engagement/channel.js';
import type { LeaveWish, StepWish, Wish } from '../domain/engagement/wish.js';
import { type Decision, decideStep } from '../domain/settle/decide-step.js';
import type { Candidate, PlanItem } from '../ports/state-store.js';
import type { Run } from './context.js';
import { readControls } from './controls.js';
import { ledgerKey } from './engagement-candidate.js';
import type { StepItem } from './engagement-item.js';
import { connectedPlaybooks } from './engagement-rules.js';
import { evidenceFor } from './evidence.js';
import { type Mind, recall, rememberLeave, rememberStep } from './mind.js';
import type { Numbering } from './numbering.js';
import { type Owner, ownersOf } from './owners.js';
import { openWishes, type PageFacts, readPage } from './page-facts.js';
import { leaveItem, outranked, settleLeaves } from './settle-leaves.js';
import type { Settling } from './settling.js';

/** Turns wishes into decisions, in the order of the candidates: what is granted counts against all that follow. */
export async function settleEngagement(run: Run, settling: Settling): Promise<void> {
  if (settling.isOver('enrolment')) return;
  const { numbering } = settling;
  const mind = await openMind(run);
  await recall(run, mind, settling.begin('enrolment'));
  for await (const page of settling.pages()) {
    const wishes = page.map(wishIn);
    const leaves = await settleLeaves(run, wishes.filter(isLeave), numbering);
    for (const leave of leaves.leaving) rememberLeave(mind, leave);
    const asked = [...leaves.byHand, ...wishes.filter(isStep)];
    const steps = await settleSteps(run, asked, { mind, numbering });
    const items = [...leaves.items, ...steps, ...takenOver(mind, numbering)];
    await settling.keep(page, items);
  }
}

function wishIn({ detail }: Candidate): Wish {
  return detail as Wish;
}

function isLeave(wish: Wish): wish is LeaveWish {
  return wish.kind === 'leave';
}

function isStep(wish: Wish): wish is StepWish {
  return wish.kind === 'step';
}

export async function openMind(run: Run): Promise<Mind> {
  const bySender = new Map(await run.state.ledger.bySender(run.today));
  const work = [...bySender].flatMap(([name, count]) => {
    const [channel, sender = ''] = name.split('|');
    return channel === 'salesforce-task' ? [[sender, count] as const] : [];
  });
  const playbooks = connectedPlaybooks(run);
  return {
    playbooks: new Map(playbooks.map((playbook) => [playbook.id, playbook])),
    priorities: new Map(run.settings.playbooks.map(({ id, priority }) => [id, priority])),
    groups: new Map(
      run.settings.playbooks.flatMap(({ id, rest }) => (rest === null ? [] : [[id, rest.group] as const])),
    ),
    controls: await readControls(run.state.notes),
    owners: ownersOf(run, new Map(work)),
    bySender,
    touches: new Map(),
    room: new Map(),
    spent: new Map(),
    acts: { episode: new Map(), person: new Map(), account: new Map() },
    left: new Map(),
    outranked: new Map(),
  };
}

/** Who was taken over by a playbook of higher priority leaves what the lower one had begun. */
function takenOver(mind: Mind, numbering: Numbering): readonly PlanItem[] {
  const items = [...mind.outranked.values()].map((leave) => leaveItem(leave, numbering));
  mind.outranked.clear();
  return items;
}

interface Deciding {
  readonly mind: Mind;
  readonly numbering: Numbering;
}

async function settleSteps(
  run: Run,
  wishes: readonly StepWish[],
  { mind, numbering }: Deciding,
): Promise<readonly PlanItem[]> {
  const items = await decideWishes(run, wishes, mind);
  return items.map((item) => {
    const kind = item.refused === null ? 'enrolment' : 'refusal';
    return {
      seq: numbering.next(),
      kind,
      account: item.wish.account,
      key: ledgerKey(item.wish),
      detail: item,
    };
  });
}

/** Decides a page of wishes in their order; writes nothing. What is granted is kept in mind for all that follow. */
export async function decideWishes(
  run: Run,
  wishes: readonly StepWish[],
  mind: Mind,
): Promise<readonly StepItem[]> {
  const open = wishes.length === 0 ? null : await openWishes(run, wishes);
  if (open === null || open.wishes.length === 0) return [];
  const page = await readPage(run, open);
  await mind.owners.learn([...page.accounts.values()]);
  const items: StepItem[] = [];
  for (const wish of open.wishes) {
    const item = await settleStep(run, wish, { mind, page });
    if (item !== null) items.push(item);
  }
  return items;
}

async function settleStep(
  run: Run,
  wish: StepWish,
  known: { readonly mind: Mind; readonly page: PageFacts },
): Promise<StepItem | null> {
  const { mind } = known;
  const found = await evidenceFor(run, wish, known);
  if (found === null) return null;
  const decision = decideStep(wish, found.evidence);
  if (decision.verdict === 'drop') return null;
  const item = itemOf(wish, decision, found.owner);
  rememberStep(run, mind, item);
  if (decision.verdict === 'enrol') {
    const { priorities } = mind;
    for (const leave of outranked(run, wish, { sent: known.page.sent, priorities }))
      mind.outranked.set(leave.entry.key, leave);
  }
  return item;
}

function itemOf(
  wish: StepWish,
  decision: Exclude<Decision, { verdict: 'drop' }>,
  owner: Owner | null,
): StepItem {
  const work = CHANNELS[wish.step.channel].reaches === 'owner';
  const sender = (work ? owner?.user.id : owner?.user.email) || null;
  if (decision.verdict === 'enrol')
    return { wish, sender, touchDays: decision.touchDays, refused: null, tryOn: null };
  const tryOn = decision.verdict === 'defer' ? decision.tryOn : null;
  return { wish, sender, touchDays: [], refused: decision.reason, tryOn };
}
