import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountOf } from '../../support/playbooks/book.js';
import { on } from '../../support/playbooks/days.js';
import {
  episodesIn,
  type Happened,
  inLists,
  isInList,
  joined,
  opened,
  peopleIn,
  placeIn,
  type Remembered,
  refusals,
  remembered,
} from '../../support/playbooks/seen.js';
import { SHIPPED } from '../../support/playbooks/shipped.js';
import { ROLES, type Story } from '../../support/playbooks/story.js';
import { STORIES } from '../../support/playbooks/table/index.js';
import { WIDE } from '../../support/playbooks/table/rhythm.js';
import { EVERY_DAY, openTheatre, type Theatre } from '../../support/playbooks/theatre.js';

/** Every day for seven weeks, then the days on which something comes round again. */
const DAYS = [
  ...Array.from({ length: 52 }, (_, day) => day),
  ...[55, 56, 85, 86, 100, 101, 102, 103, 104, 190, 191, 192, 193],
];
/** Days that are run twice. */
const TWICE = [0, 14, 46];
const PEOPLE = peopleIn(STORIES);

describe('the shipped playbooks, through the same weeks', () => {
  let theatre: Theatre;
  let happened: readonly Happened[];
  let memory: ReadonlyMap<string, Remembered>;
  const second: unknown[] = [];

  beforeAll(async () => {
    theatre = await openTheatre(STORIES, EVERY_DAY);
    for (const day of DAYS) {
      setDates(theatre, day);
      await theatre.play(day);
      if (TWICE.includes(day)) second.push((await theatre.again()).changes);
    }
    const accounts = STORIES.map((story, nth) => accountOf(nth, story));
    memory = await remembered(theatre.company, accounts);
    const refused = [...memory.values()].flatMap((one) => refusals(one, PEOPLE));
    const { company } = theatre;
    happened = [...(await joined(company, PEOPLE)), ...(await opened(company, PEOPLE)), ...refused];
  }, 400_000);
  afterAll(() => theatre.close());

  it('are all told of', () => {
    const told = new Set(STORIES.map(({ playbook }) => playbook));
    expect([...told].sort()).toEqual(SHIPPED.map(({ id }) => id).sort());
  });

  it.each(STORIES.map((story, nth) => [story.playbook, story.tells, story, nth] as const))(
    '%s %s',
    (_playbook, _tells, story, nth) => {
      const account = accountOf(nth, story);
      const mine = happened.filter((one) => one.account === account);
      expect(inWords(mine, story)).toEqual([...story.happens].sort(byDay));
      const known = memory.get(account);
      expect(known === undefined ? [] : episodesIn(known, story.playbook)).toEqual(story.episodes);
    },
  );

  it('open work that is due when they say', () => {
    const work = happened.filter(({ dueIn }) => dueIn !== null);
    expect(work.length).toBeGreaterThan(40);
    expect(work.filter(({ dueIn, saidDueIn }) => dueIn !== saidDueIn)).toEqual([]);
  });

  it('leave nobody in a list once their part has ended', () => {
    const members = inLists(theatre.company);
    const entries = [...memory.values()].flatMap(({ ledger }) => ledger.filter(isInList));
    const stay = entries.filter(({ leftOn }) => leftOn === null);
    expect(entries.length).toBeGreaterThan(stay.length + 100);
    expect([...members].sort()).toEqual([...new Set(stay.map(placeIn))].sort());
    const running = new Set(
      [...memory.values()].flatMap(({ episodes }) =>
        episodes.flatMap(({ id, ended }) => (ended === null ? [id] : [])),
      ),
    );
    expect(stay.filter(({ episode }) => !running.has(episode))).toEqual([]);
  });

  it('change nothing more on a second run of the same day', () => {
    const nothing = { fields: 0, records: 0, enrolments: 0, tasks: 0, leaves: 0, crmRecords: 0 };
    expect(second).toEqual(TWICE.map(() => nothing));
  });
});

/** Days of the program, set on the morning of the day itself. */
function setDates(theatre: Theatre, day: number): void {
  const release = (before: string) => [[`release: ${before}`, `release: ${on(day)}`]] as const;
  const told = (before: string) => [[`improvements: ${before}`, `improvements: ${on(day)}`]] as const;
  if (day === 46) theatre.adjust(release('null'));
  if (day === 48) theatre.adjust(told('null'));
  if (day === 100) theatre.adjust(told(on(48)));
  if (day === 102) theatre.adjust(release(on(46)));
  if (day === 191) theatre.adjust(told(on(100)));
}

/** `day step: whom`, by day; what belongs to another playbook says which. */
function inWords(happened: readonly Happened[], story: Story): readonly string[] {
  const mine = happened.filter(({ playbook }) => playbook === story.playbook || !WIDE.includes(playbook));
  const byStep = Map.groupBy(mine, ({ day, playbook, step }) => {
    const whose = playbook === story.playbook || playbook === '*' ? '' : `${playbook}/`;
    return `${day} ${whose}${step}`;
  });
  return [...byStep].map(([what, group]) => `${what}: ${whomOf(group)}`).sort(byDay);
}

function byDay(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1);
}

function whomOf(group: readonly Happened[]): string {
  const whom = group.map((one) => one.whom);
  return whom.sort((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1)).join(', ');
}

function placeOf(whom: string): number {
  const roles: readonly string[] = ROLES;
  return roles.indexOf(whom);
}
