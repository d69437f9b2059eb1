import type { Candidate, CandidatePlace, PlanItem } from '../ports/state-store.js';
import { PAGE, type Run } from './context.js';
import { counter, type Numbering } from './numbering.js';
import type { Bookmark } from './pieces/bookmark.js';

export interface Settled {
  /** Accounts whose move was granted, and those that wait. */
  readonly moves: { readonly granted: number; readonly waiting: number };
  /** Records whose same content was refused before and that nobody asked to retry. */
  readonly held: number;
  /** Why the engagement could not be settled to its end, or null: the fields are written all the same. */
  readonly pausedBecause: string | null;
}

/** The parts of a settling pass, in their order: each goes through the candidates of one kind. */
const PARTS = ['tier', 'fields', 'enrolment', 'carry', 'record'] as const satisfies Candidate['kind'][];
type Part = (typeof PARTS)[number];

/** How far a pass has come: everything of its part up to here is in the plan, and so are all parts before. */
interface SettlingPlace {
  readonly part: Part;
  /** Null before the first page of the part. */
  readonly after: CandidatePlace | null;
  /** Number of the last item, and of the last one before the engagement. */
  readonly seq: number;
  readonly seqBeforeEngagement: number;
  readonly settled: Settled;
}

const NOTHING: Settled = { moves: { granted: 0, waiting: 0 }, held: 0, pausedBecause: null };
const BEGINNING: SettlingPlace = {
  part: PARTS[0],
  after: null,
  seq: 0,
  seqBeforeEngagement: 0,
  settled: NOTHING,
};

/** One pass over the book, page by page. Whoever goes on with it begins behind the last page that is in the plan. */
export interface Settling {
  readonly numbering: Numbering;
  /** What came of it so far. */
  readonly settled: () => Settled;
  readonly note: (change: Partial<Settled>) => void;
  /** True where somebody before us has brought this part to its end. */
  readonly isOver: (part: Part) => boolean;
  /** Begins a part, or goes on with it. Gives the number behind which its items are. */
  readonly begin: (part: Part) => number;
  /** What is left of the part that was begun. */
  readonly pages: () => AsyncIterable<readonly Candidate[]>;
  /** Puts into the plan what came of a page, and in the same step that the page is done. */
  readonly keep: (page: readonly Candidate[], items: readonly PlanItem[]) => Promise<void>;
}

/** Opens a pass where those before us left it; a first one lets go of what an earlier plan left. */
export async function openSettling(run: Run, bookmark: Bookmark): Promise<Settling> {
  if (bookmark.at === null) await run.state.plan.clearPlanned(run.id);
  let place = (bookmark.at as SettlingPlace | null) ?? BEGINNING;
  const numbering = counter(place.seq);
  return {
    numbering,
    settled: () => place.settled,
    note: (change) => {
      place = { ...place, settled: { ...place.settled, ...change } };
    },
    isOver: (part) => PARTS.indexOf(part) < PARTS.indexOf(place.part),
    begin: (part) => {
      if (part !== place.part) place = begun(place, part, numbering);
      return part === 'enrolment' ? place.seqBeforeEngagement : place.seq;
    },
    pages: async function* () {
      for await (const page of run.state.plan.candidates(run.id, place.part, PAGE, place.after)) {
        await run.checkpoint();
        yield page;
      }
    },
    keep: async (page, items) => {
      place = { ...place, after: placeOf(page) ?? place.after, seq: numbering.last() };
      await run.state.plan.add(run.id, items, bookmark.mark(place));
    },
  };
}

function begun(place: SettlingPlace, part: Part, numbering: Numbering): SettlingPlace {
  const seq = numbering.last();
  const seqBeforeEngagement = part === 'enrolment' ? seq : place.seqBeforeEngagement;
  return { ...place, part, after: null, seq, seqBeforeEngagement };
}

function placeOf(page: readonly Candidate[]): CandidatePlace | null {
  const last = page.at(-1);
  return last === undefined ? null : { order: last.order, account: last.account, key: last.key };
}
