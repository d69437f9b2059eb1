import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { hashOf } from '../../../service/access/secrets.js';
import { userBehind, userName } from '../../../service/access/users.js';
import { noteChange } from '../../../service/audited.js';
import type { Desk } from '../../../service/desk.js';
import type { AppOptions, AppPart } from '../app.js';
import type { ProblemPage } from '../errors.js';
import { Problem } from '../problem.js';
import { noteRoute } from '../routes.js';
import { traceOf } from '../trace.js';
import { type SessionCookie, sessionCookie } from './cookie.js';
import { type LogInGuard, logInGuard } from './log-in-guard.js';
import { fromOurPages } from './same-origin.js';
import { beginSession, findVisitor, guardingChanges, requiringVisitor, visitorOf } from './visitors.js';

/** What the log-in page shows. */
export interface LogInPage {
  readonly org: string;
  readonly base: string;
  /** Why the last try failed, in one sentence; null at first. */
  readonly failure: string | null;
}

/** The console's own pages, as HTML. All but `assets` and `logIn` are for people who are logged in. */
export interface ConsolePages {
  /** Files for everybody, under `/assets`. */
  readonly assets: Router;
  readonly logIn: (page: LogInPage) => string;
  /** A problem as a page; asked for by browsers only. */
  readonly problem: (page: { readonly org: string; readonly base: string }) => ProblemPage;
  /** Mounted under `/`; `visitorOf(response)` says who asks. Forms are read, their token is checked already. */
  readonly pages: (desk: Desk, base: string) => Router;
  /** Paths to which also those may post who only look: what is asked there changes nothing. */
  readonly free: readonly string[];
}

const FORM_BYTES = 64 * 1024;
const MOST_FIELDS = 500;

/** The console as a part of the app: log-in, session, protection of forms, then its pages. */
export function consolePart(pages: ConsolePages): AppPart {
  return {
    path: '/',
    router: (desk, base, options) => {
      const cookie = sessionCookie(desk.org, options.publicUrl?.startsWith('https:') ?? false);
      const router = express.Router({ caseSensitive: true, strict: true });
      router.use('/assets', noteRoute('assets'), pages.assets);
      router.use(noteRoute('console'), showingProblems(pages, { org: desk.org, base }), neverKept());
      router.use(readingForms(options));
      const guard = logInGuard(options.throttles, desk.org, desk.settings().service.http.loginAttempts);
      addLogIn(router, { desk, base, pages, cookie, guard });
      router.use(requiringVisitor(desk, base, cookie), guardingChanges([...pages.free, '/logout']));
      router.post('/logout', loggingOut({ desk, base, cookie }));
      router.use(pages.pages(desk, base));
      return router;
    },
  };
}

function showingProblems(
  pages: ConsolePages,
  page: { readonly org: string; readonly base: string },
): RequestHandler {
  const problemPage = pages.problem(page);
  return (_request, response, next) => {
    response.locals.problemPage = problemPage;
    next();
  };
}

function neverKept(): RequestHandler {
  return (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  };
}

/** Where a form comes from is asked before a byte of it is read. */
function readingForms({ publicUrl }: AppOptions): RequestHandler {
  const ours = fromOurPages(publicUrl);
  const form = express.urlencoded({ extended: false, limit: FORM_BYTES, parameterLimit: MOST_FIELDS });
  return (request, response, next) => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return next();
    ours(request, response, () => {
      const empty = request.headers['content-length'] === '0';
      if (!empty && request.is('application/x-www-form-urlencoded') === false) throw noForm();
      form(request, response, next);
    });
  };
}

interface LogIn {
  readonly desk: Desk;
  readonly base: string;
  readonly pages: ConsolePages;
  readonly cookie: SessionCookie;
  readonly guard: LogInGuard;
}

function addLogIn(router: Router, parts: LogIn): void {
  const { desk, base, pages, cookie } = parts;
  router.get('/login', async (request, response) => {
    if ((await findVisitor(desk, { request, response }, cookie)) !== null) response.redirect(303, `${base}/`);
    else response.type('html').send(pages.logIn({ org: desk.org, base, failure: null }));
  });
  router.post('/login', loggingIn(parts));
}

function loggingIn({ desk, base, pages, cookie, guard }: LogIn): RequestHandler {
  return async (request, response) => {
    const typed = typedIn(request);
    const tried = { name: userName(typed.name), address: request.ip ?? '' };
    await guard.before(tried);
    const user = await userBehind(desk, typed);
    if (user === null) {
      desk.log.warn('A log-in was refused', { trace: traceOf(response) });
      return refuse(request, response, () => pages.logIn({ org: desk.org, base, failure: WRONG }));
    }
    await guard.succeeded(tried);
    await endSession(desk, request, cookie);
    cookie.set(response, await beginSession(desk, user.name));
    const asker = { who: `user:${user.name}`, trace: traceOf(response) };
    await noteChange(desk, asker, { what: 'log in', subject: user.name, particulars: {} });
    response.redirect(303, `${base}/`);
  };
}

const WRONG = 'The name or the password is wrong.';
const MOST_TYPED = 1_000;

function typedIn({ body }: Request): { readonly name: string; readonly password: string } {
  const { name, password } = (body ?? {}) as Readonly<Record<string, unknown>>;
  const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, MOST_TYPED) : '');
  return { name: text(name), password: text(password) };
}

/** One answer for a name that is not known and for a password that is wrong. */
function refuse(request: Request, response: Response, page: () => string): void {
  if (request.accepts(['application/json', 'text/html']) === 'text/html')
    return void response.status(401).type('html').send(page());
  throw new Problem({
    status: 401,
    code: 'LOG_IN_REFUSED',
    detail: WRONG,
    actions: ['Check both and try again; `truenorth users add NAME` sets a new password.'],
  });
}

function loggingOut({ desk, base, cookie }: Pick<LogIn, 'desk' | 'base' | 'cookie'>): RequestHandler {
  return async (request, response) => {
    const { user, asker } = visitorOf(response);
    await endSession(desk, request, cookie);
    cookie.clear(response);
    await noteChange(desk, asker, { what: 'log out', subject: user.name, particulars: {} });
    response.redirect(303, `${base}/login`);
  };
}

async function endSession({ store }: Desk, request: Request, cookie: SessionCookie): Promise<void> {
  const secret = cookie.read(request);
  if (secret !== null) await store.sessions.end(hashOf(secret));
}

function noForm(): Problem {
  return new Problem({
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    detail: 'The body is in a form that is not read here.',
    actions: ['Send a form: the header Content-Type: application/x-www-form-urlencoded.'],
  });
}
