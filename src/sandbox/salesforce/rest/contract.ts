import type { RouteRoom } from '../routes/contract.js';
import type { Caller } from '../store/sessions.js';

/** A REST call below `/services/data/vXX.X`, whether it came by itself or inside a composite. */
export interface RestRequest {
  readonly room: RouteRoom;
  readonly caller: Caller;
  readonly method: string;
  /** `/services/data/v62.0` */
  readonly base: string;
  /** Behind the base, without query: `/sobjects/Account/001…`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly header: (name: string) => string | undefined;
  readonly body: unknown;
}

export interface RestAnswer {
  readonly status: number;
  /** Absent = no content. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Path parameters by name, decoded. */
export type Params = Readonly<Record<string, string>>;

export interface RestRoute {
  readonly method: string;
  /** `/sobjects/:object/:id` */
  readonly pattern: string;
  /** For the call log. */
  readonly kind: string;
  readonly run: (request: RestRequest, params: Params, dispatch: Dispatch) => RestAnswer;
}

/** Runs another call as part of this one; errors become answers. */
export type Dispatch = (request: RestRequest) => RestAnswer;
