import type { RequestHandler, Response } from 'express';
import { newTrace } from '../../service/trace.js';

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const NO_TRACE = '0'.repeat(32);

/** Gives every request the thread by which all that follows is found again: the caller's (W3C traceparent), or a new one. */
export function tracing(): RequestHandler {
  return (request, response, next) => {
    const trace = traceIn(request.headers.traceparent) ?? newTrace();
    response.locals.trace = trace;
    response.setHeader('Trace-Id', trace);
    next();
  };
}

export function traceOf({ locals }: Pick<Response, 'locals'>): string {
  return typeof locals.trace === 'string' ? locals.trace : newTrace();
}

function traceIn(header: string | string[] | undefined): string | null {
  const found = typeof header === 'string' ? TRACEPARENT.exec(header)?.[1] : undefined;
  return found === undefined || found === NO_TRACE ? null : found;
}
