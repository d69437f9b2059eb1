import type { Request } from 'express';
import type { z } from 'zod';
import type { Endpoint } from './endpoint.js';
import { type Fault, Problem } from './problem.js';

/** A request as its endpoint wants it. Throws one problem that names everything that is wrong. */
export function readRequest(endpoint: Endpoint, request: Request): Parameters<Endpoint['handle']>[1] {
  const { path, query, body } = endpoint.shapes;
  const read = {
    path: path.safeParse({ ...request.params }),
    query: query.safeParse({ ...request.query }),
    body: body.safeParse(request.body),
  };
  const faults = Object.entries(read).flatMap(([part, { error }]) => faultsOf(part, error));
  if (faults.length > 0) throw invalid(faults);
  return { path: read.path.data, query: read.query.data, body: read.body.data };
}

const MOST_FAULTS = 20;
const MOST_TEXT = 200;

function faultsOf(part: string, error: z.ZodError | undefined): readonly Fault[] {
  return (error?.issues ?? []).slice(0, MOST_FAULTS).map(({ path, message }) => ({
    at: [part, ...path.map(String)].join('/').slice(0, MOST_TEXT),
    detail: message.slice(0, MOST_TEXT),
  }));
}

function invalid(faults: readonly Fault[]): Problem {
  const [first] = faults;
  return new Problem({
    status: 400,
    code: 'INVALID_REQUEST',
    detail: `The request is not as this endpoint takes it: ${first?.at}: ${first?.detail}`,
    actions: ['Correct what `faults` names; `GET /v1/openapi.json` says what each endpoint takes.'],
    faults,
  });
}

/** Whether an endpoint takes a body at all. */
export function takesBody({ method }: Pick<Endpoint, 'method'>): boolean {
  return method === 'post' || method === 'put';
}

/** Express's own form of a path: `/accounts/{id}` → `/accounts/:id`. */
export function routePath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}
