import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Log } from '../../ports/log.js';
import { detailsOf, Problem, problemOf } from './problem.js';
import { traceOf } from './trace.js';

/** How a problem is told to a browser; null = as problem details. */
export type ProblemPage = (problem: Problem, trace: string) => string;

/** Every refusal and every defect as problem details; a defect is logged with all that is known of it. */
export function answeringProblems(log: Log): ErrorRequestHandler {
  return (error, request, response, next) => {
    const problem = problemOf(error);
    const trace = traceOf(response);
    const route = typeof response.locals.route === 'string' ? response.locals.route : 'none';
    if (problem.status >= 500)
      log.error('A request failed', { trace, route, code: problem.code, ...reasonOf(error) });
    else log.info('A request was refused', { trace, route, code: problem.code, status: problem.status });
    if (response.headersSent) return next(error);
    sendProblem(response, problem);
    // What is left of a body that nobody will read.
    if (problem.status === 413) request.unpipe();
  };
}

function sendProblem(response: Response, problem: Problem): void {
  const page = response.locals.problemPage as ProblemPage | undefined;
  response.status(problem.status);
  for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
  response.setHeader('Cache-Control', 'no-store');
  const trace = traceOf(response);
  if (page !== undefined && prefersPage(response)) response.type('html').send(page(problem, trace));
  else response.type('application/problem+json').send(JSON.stringify(detailsOf(problem, trace)));
}

function prefersPage({ req }: Response): boolean {
  return req.accepts(['application/json', 'text/html']) === 'text/html';
}

export function refusingUnknownPaths(): RequestHandler {
  return () => {
    throw new Problem({
      status: 404,
      code: 'NO_SUCH_PATH',
      detail: 'There is nothing under this path.',
      actions: ['See `GET /v1/openapi.json` for what there is.'],
    });
  };
}

function reasonOf(error: unknown): Readonly<Record<string, string>> {
  return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
