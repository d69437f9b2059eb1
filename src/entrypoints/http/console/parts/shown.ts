import type { Request, RequestHandler, Response, Router } from 'express';
import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import type { Asker, Desk } from '../../../../service/desk.js';
import { waitingPlan } from '../../../../service/views/plan-review.js';
import { noteRoute } from '../../routes.js';
import { visitorOf } from '../../session/visitors.js';
import { saidOf } from './said.js';
import { linkWith, type Visit } from './visit.js';

/** What a page of the console is made with. */
export interface Asked {
  readonly desk: Desk;
  readonly visit: Visit;
  readonly asker: Asker;
  /** The `:name` parts of the path. */
  readonly path: Readonly<Record<string, string>>;
  /** What came with the address, or for a change with the form: single texts only. */
  readonly form: Form;
}

/** Fields that somebody filled in; null where there is none, or more than one, or an absurdly long one. */
export interface Form {
  readonly text: (name: string) => string | null;
  /** A whole number from 0 on, or null. */
  readonly number: (name: string) => number | null;
}

/** Routes of one org. */
export interface Routes {
  readonly router: Router;
  readonly desk: Desk;
  readonly base: string;
}

/** A page, or a part of one that htmx asks for. */
export function shows(
  { router, desk, base }: Routes,
  path: string,
  page: (asked: Asked) => Promise<VNode>,
): void {
  router.get(
    path,
    noteRoute(`console ${path}`),
    answering(async (request, response) => {
      const asked = await askedOf({ desk, base }, { request, response }, request.query);
      const whole = request.headers['hx-request'] === undefined;
      const html = render(await page(asked));
      response.type('html').send(html.startsWith('<html') && whole ? `<!doctype html>${html}` : html);
    }),
  );
}

/** A change: afterwards the browser is sent to a page that says so, so that loading it again changes nothing. */
export function does(
  { router, desk, base }: Routes,
  path: string,
  deed: (asked: Asked) => Promise<Done>,
): void {
  router.post(
    path,
    noteRoute(`console ${path}`),
    answering(async (request, response) => {
      const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
      const asked = await askedOf({ desk, base }, { request, response }, body);
      const { to, said, many = null } = await deed(asked);
      response.redirect(303, linkWith(to, { said, many }));
    }),
  );
}

export interface Done {
  /** Where to look now. */
  readonly to: string;
  /** What was done: a word that `said.ts` knows. */
  readonly said: string;
  readonly many?: number;
}

function answering(work: (request: Request, response: Response) => Promise<void>): RequestHandler {
  return async (request, response) => work(request, response);
}

async function askedOf(
  { desk, base }: Pick<Routes, 'desk' | 'base'>,
  { request, response }: { readonly request: Request; readonly response: Response },
  fields: object,
): Promise<Asked> {
  const { user, csrf, asker } = visitorOf(response);
  const form = formOf(fields);
  const query = formOf(request.query);
  const visit: Visit = {
    org: desk.org,
    base,
    user,
    csrf,
    waiting: await waitingOf(desk),
    said: saidOf(query.text('said'), query.number('many')),
  };
  const path = Object.fromEntries(
    Object.entries(request.params).map(([name, value]) => [name, String(value)]),
  );
  return { desk, visit, asker, path, form };
}

const MOST_TEXT = 200;

export function formOf(fields: object): Form {
  const known = new Map(Object.entries(fields));
  const text = (name: string): string | null => {
    const value: unknown = known.get(name);
    return typeof value === 'string' && value !== '' && value.length <= MOST_TEXT ? value : null;
  };
  return {
    text,
    number: (name) => {
      const value = text(name);
      return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : null;
    },
  };
}

async function waitingOf({ state }: Desk): Promise<Visit['waiting']> {
  const waiting = await waitingPlan(state);
  return { plans: waiting === null ? 0 : 1, errors: await state.deadLetters.count() };
}
