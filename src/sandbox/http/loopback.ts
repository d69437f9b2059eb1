import { createServer, type Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import express, { type Express, type NextFunction, type Request, type Response, type Router } from 'express';
import type { SandboxClock } from '../clock.js';
import { type CallLog, startCallLog } from './call-log.js';
import { mountControl } from './control.js';
import { type FaultBoard, startFaultBoard } from './fault-board.js';
import { cutAfter } from './reset.js';

/** What a vendor's server is given by its base. */
export interface LoopbackRoom {
  readonly clock: SandboxClock;
  readonly faults: FaultBoard;
  readonly calls: CallLog;
  /** `http://127.0.0.1:PORT`, known once it listens. */
  readonly url: () => string;
}

export interface LoopbackOptions {
  /** 0 = any free port. */
  readonly port: number;
  readonly clock: SandboxClock;
  readonly seed: number;
  /** Names a request for the call log, from method and path without query. */
  readonly kindOf: (method: string, path: string) => string;
  /** The body of a `status` fault that brings none: the vendor's own form. */
  readonly faultBody: (status: number) => unknown;
  readonly mount: (app: Express, room: LoopbackRoom) => void | Promise<void>;
  /** The vendor's own switches under `/__sandbox`. */
  readonly control?: (router: Router, room: LoopbackRoom) => void;
}

export interface Loopback extends LoopbackRoom {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** An HTTP server on 127.0.0.1 with call log, faults, a clock of its own and `/__sandbox` switches. Reads no bodies. */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const calls = startCallLog();
  const faults = startFaultBoard(options.seed);
  let port = options.port;
  const room: LoopbackRoom = { clock: options.clock, faults, calls, url: () => `http://127.0.0.1:${port}` };
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  mountControl(app, faults, { ...room, more: (router) => options.control?.(router, room) });
  app.use((req, res, next) => logCall(req, res, next, { room, kindOf: options.kindOf }));
  app.use((req, res, next) => strike(req, res, next, { faults, faultBody: options.faultBody }));
  await options.mount(app, room);
  const server = await listen(app, options.port);
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : options.port;
  return { ...room, port, close: () => close(server) };
}

interface Logging {
  readonly room: LoopbackRoom;
  readonly kindOf: LoopbackOptions['kindOf'];
}

function logCall(req: Request, res: Response, next: NextFunction, { room, kindOf }: Logging): void {
  const at = Math.floor(room.clock.now());
  const { method, originalUrl, path } = req;
  // Every answer carries the org's time, not the machine's: clients take their watermark from it.
  res.setHeader('Date', new Date(at).toUTCString());
  let noted = false;
  const note = (): void => {
    if (!noted) {
      noted = true;
      room.calls.note({
        at,
        method,
        path: originalUrl.slice(0, 300),
        kind: kindOf(method, path),
        status: res.statusCode,
      });
    }
  };
  res.on('finish', note);
  res.on('close', note);
  next();
}

interface Striking {
  readonly faults: FaultBoard;
  readonly faultBody: LoopbackOptions['faultBody'];
}

async function strike(req: Request, res: Response, next: NextFunction, striking: Striking): Promise<void> {
  const request = `${req.method} ${req.originalUrl}`;
  const slow = striking.faults.strike('latency', request);
  if (slow !== null) {
    await wait(slow.ms ?? 0);
  }
  const cut = striking.faults.strike('reset', request);
  if (cut !== null && cut.afterBytes === undefined) {
    req.socket.destroy();
    return;
  }
  if (cut?.afterBytes !== undefined) {
    cutAfter(res, cut.afterBytes);
  }
  const refusal = striking.faults.strike('status', request);
  if (refusal === null) {
    next();
    return;
  }
  const status = refusal.status ?? 503;
  res.set({ ...refusal.headers });
  res.status(status).json(refusal.body ?? striking.faultBody(status));
}

function listen(app: Express, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ keepAliveTimeout: 60_000 }, app);
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
