import type { Sequence } from '../store/sequences.js';

const DAY_MS = 86_400_000;

type Shown = Readonly<Record<string, unknown>>;

export function summary(sequence: Sequence): Shown {
  return {
    id: sequence.id,
    name: sequence.name,
    ...timesOf(sequence),
    userId: sequence.userId,
    ...(sequence.folderId === null ? {} : { folderId: sequence.folderId }),
  };
}

export function detailed(sequence: Sequence): Shown {
  return {
    ...summary(sequence),
    steps: stepsOf(sequence),
    settings: settingsOf(sequence),
    dependencies: [],
  };
}

/** `delayMillis` as the wait since the step before: the specification does not say since when. */
function stepsOf(sequence: Sequence): readonly Shown[] {
  return sequence.steps.map(({ actionType, afterDays }, index) => ({
    id: `${sequence.id}${index}`,
    stepOrder: index,
    actionType,
    delayMillis: afterDays * DAY_MS,
    ...timesOf(sequence),
  }));
}

function settingsOf(sequence: Sequence): Shown {
  return {
    id: `${sequence.id}00`,
    eligibleFollowUpDays: sequence.eligibleFollowUpDays,
    sellingStrategy: 'ACCOUNT_BASED',
    sendWindowStartMinute: 480,
    sendWindowEndMinute: 1_080,
    taskReminderMinute: 480,
    individualTaskRemindersEnabled: true,
    ...timesOf(sequence),
  };
}

function timesOf({ createdAt, updatedAt }: Sequence) {
  return { createdAt: new Date(createdAt).toISOString(), updatedAt: new Date(updatedAt).toISOString() };
}
