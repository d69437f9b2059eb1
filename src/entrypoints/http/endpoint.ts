import type { ZodType, z } from 'zod';
import type { Scope } from '../../ports/service-store.js';
import type { Asker, Desk } from '../../service/desk.js';

/** Schemas of one endpoint: they validate the request and make the OpenAPI document. */
export interface Shapes {
  readonly path: ZodType;
  readonly query: ZodType;
  readonly body: ZodType;
  readonly answer: ZodType;
}

export const TAGS = ['accounts', 'runs', 'dead letters', 'playbooks', 'controls', 'usage', 'system'] as const;

/** One endpoint of the API as data. `path` in OpenAPI's form: `/accounts/{id}`. */
export interface Endpoint<S extends Shapes = Shapes> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly tag: (typeof TAGS)[number];
  readonly scope: Scope;
  /** Status of a success. */
  readonly status: 200 | 201 | 202 | 204;
  /** Largest body in bytes; 256 KB when absent. */
  readonly bodyBytes?: number;
  readonly shapes: S;
  /** Throws `IntegrationError` or `Problem`; everything else is a defect and answered with 500. */
  readonly handle: (
    desk: Desk,
    request: {
      readonly path: z.output<S['path']>;
      readonly query: z.output<S['query']>;
      readonly body: z.output<S['body']>;
    },
    asker: Asker,
  ) => Promise<z.input<S['answer']>>;
}

/** Keeps the types of the schemas beside their handler. */
export function endpoint<S extends Shapes>(declared: Endpoint<S>): Endpoint {
  return declared as unknown as Endpoint;
}
