import type { z } from 'zod';
import type { Context } from './context.js';
import { pageOf } from './schema.js';

/** A question for a collection. */
export interface Question<T> {
  /** `sequenceStates` */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly item: z.ZodType<T>;
}

/** The most that Outreach answers in one page. */
const PAGE_SIZE = '1000';

/** Page after page. Of the link to the next page only the cursor is taken, so that no answer sends a token elsewhere. */
export async function* pagesOf<T>(
  { client }: Context,
  { path, query, item }: Question<T>,
): AsyncIterable<readonly T[]> {
  let after: string | null = null;
  do {
    const page: z.infer<ReturnType<typeof pageOf<T>>> = await client.send({
      kind: `${path}-list`,
      method: 'GET',
      path: `/${path}`,
      query: { ...query, 'page[size]': PAGE_SIZE, ...(after === null ? {} : { 'page[after]': after }) },
      answer: pageOf(item),
      repeat: 'repeatable',
    });
    yield page.data;
    after = cursorOf(page.links?.next ?? null);
  } while (after !== null);
}

export async function everyOf<T>(context: Context, question: Question<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const page of pagesOf(context, question)) all.push(...page);
  return all;
}

function cursorOf(next: string | null): string | null {
  return next === null ? null : (URL.parse(next)?.searchParams.get('page[after]') ?? null);
}
