import { CHANNEL_IDS, type CHANNELS } from '../../../domain/engagement/channel.js';
import type { PlaybookStep, TaskWords } from '../../../domain/engagement/playbook.js';
import type { WrittenStep } from '../../normalised/step.js';
import type { ValuePath } from '../../problems.js';
import { type PersonScope, personRule, taskOf } from '../persons.js';
import { channelOf } from './channels.js';
import type { PlacedStep } from './tracks.js';

/** Reads a condition of a step; what can't be known with what is mapped is kept for the notes. */
export interface StepScope extends PersonScope {
  readonly marks: readonly number[];
  readonly condition: (text: string, path: ValuePath) => PlaybookStep['when'];
}

const TARGET_WORDS = {
  'hubspot-list': 'the name of the list',
  'hubspot-sequence': 'the name of the sequence',
  'outreach-sequence': 'the name of the sequence',
  'salesforce-campaign': 'the name of the campaign',
  'salesforce-task': 'the subject of the task',
  webhook: 'the name of the event',
} as const satisfies Readonly<Record<keyof typeof CHANNELS, string>>;

function checkTaskStep({ target, sender, touches }: WrittenStep, path: ValuePath, scope: StepScope): void {
  const { reader } = scope;
  if (target !== undefined)
    reader.wrongKey([...path, 'target'], 'a task has no "target": its subject is enough');
  if (sender !== undefined)
    reader.wrongKey([...path, 'sender'], 'a task has no "sender"; whoever does it is its "owner"');
  if (touches !== undefined)
    reader.wrongKey([...path, 'touches'], 'a task touches no customer by itself: it has no "touches"');
}

function checkChannel(step: WrittenStep, path: ValuePath, scope: StepScope): void {
  const { reader } = scope;
  const channel = channelOf(step);
  if (step.channel === undefined && channel === null)
    reader.wrongKey(path, 'the key "channel" is missing here (or "task", for work of one of us)');
  if (step.channel !== undefined) reader.name('channel', step.channel, CHANNEL_IDS, [...path, 'channel']);
  if (channel === 'salesforce-task' && step.task === undefined)
    reader.wrong([...path, 'channel'], 'a task needs its words: write "task" with subject and description');
  if (channel !== null && channel !== 'salesforce-task' && step.task !== undefined)
    reader.wrongKey([...path, 'task'], `"task" goes with salesforce-task, and this is ${channel}`);
}

function targetOf(step: WrittenStep, path: ValuePath, scope: StepScope): string {
  const channel = channelOf(step);
  const target = step.target?.trim() ?? '';
  if (channel === null || channel === 'salesforce-task' || target !== '') return target;
  const missing = step.target === undefined ? 'is missing here' : 'must not be blank';
  scope.reader.wrong([...path, 'target'], `"target" ${missing}: ${TARGET_WORDS[channel]}`);
  return target;
}

function checkMark({ mark }: WrittenStep, path: ValuePath, { reader, marks }: StepScope): void {
  if (mark === undefined || marks.includes(mark)) return;
  const message =
    marks.length === 0
      ? '"mark" goes with a countdown, and the trigger has none'
      : `${mark} is no mark of the countdown; possible: ${marks.join(', ')}`;
  reader.wrong([...path, 'mark'], message);
}

function wordsOf(step: WrittenStep, path: ValuePath, scope: StepScope): TaskWords | null {
  return step.task === undefined ? null : taskOf(step.task, [...path, 'task'], scope);
}

/** One step, checked by itself. */
export function stepOf({ written: step, path, side }: PlacedStep, scope: StepScope): PlaybookStep {
  checkChannel(step, path, scope);
  checkMark(step, path, scope);
  if (step.task !== undefined) checkTaskStep(step, path, scope);
  if (step.when !== undefined && step.waitFor !== undefined)
    scope.reader.wrongKey(
      [...path, 'when'],
      'a step either asks once ("when") or waits ("waitFor"); put both conditions into waitFor.when',
    );
  const task = wordsOf(step, path, scope);
  const rule = { duty: 'sender', path: [...path, 'sender'] } as const;
  const { when, waitFor } = step;
  return {
    id: step.id,
    day: step.day,
    channel: channelOf(step) ?? 'hubspot-list',
    target: task?.subject ?? targetOf(step, path, scope),
    sender: task?.owner ?? personRule(step.sender ?? 'csm', rule, scope),
    lateBy: step.lateBy,
    when: when === undefined ? null : scope.condition(when, [...path, 'when']),
    waitFor: waitFor === undefined ? null : waitOf(waitFor, path, scope),
    side,
    mark: step.mark ?? null,
    touches: step.touches ?? null,
    task,
  };
}

function waitOf(
  { when, days }: NonNullable<WrittenStep['waitFor']>,
  path: ValuePath,
  scope: StepScope,
): PlaybookStep['waitFor'] {
  const condition = scope.condition(when, [...path, 'waitFor', 'when']);
  return condition === null ? null : { when: condition, days };
}
