import type { Request, RequestHandler } from 'express';
import { Problem } from '../problem.js';

/**
 * Refuses what a page of somebody else has sent. Browsers say where a request comes from; one that says nothing
 * is none that a page of ours could have sent.
 */
export function fromOurPages(publicUrl: string | null): RequestHandler {
  return (request, _response, next) => {
    if (!isOurs(request, publicUrl)) throw foreign();
    next();
  };
}

function isOurs(request: Request, publicUrl: string | null): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const { origin } = request.headers;
  if (origin === undefined) return site === 'same-origin';
  return origin === (publicUrl === null ? originOf(request) : new URL(publicUrl).origin);
}

function originOf(request: Request): string {
  return `${request.protocol}://${request.headers.host ?? ''}`;
}

function foreign(): Problem {
  return new Problem({
    status: 403,
    code: 'FOREIGN_ORIGIN',
    detail: 'This did not come from a page of the console.',
    actions: ['Open the console itself and do it there; programs use the API with a token.'],
  });
}
