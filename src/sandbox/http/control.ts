import express, { type Express, type Request, type Response, type Router } from 'express';
import type { SandboxClock } from '../clock.js';
import type { Fault } from '../faults.js';
import type { CallLog } from './call-log.js';
import type { FaultBoard } from './fault-board.js';

const FAULT_KINDS: readonly string[] = [
  'latency',
  'status',
  'reset',
  'expire-session',
  'lock-row',
  'late-commit',
  'partial-failure',
  'lose-locator',
] satisfies readonly Fault['kind'][];

interface ControlRoom {
  readonly calls: CallLog;
  readonly clock: SandboxClock;
  /** Mounts the vendor's own switches. */
  readonly more: (router: Router) => void;
}

/** The sandbox's own switches, beside the vendor's paths: calls, faults, clock. Never logged, never faulted. */
export function mountControl(app: Express, board: FaultBoard, room: ControlRoom): void {
  const control = express.Router();
  control.use(express.json({ limit: '5mb' }));
  control.get('/calls', (_req, res) => {
    res.json({ total: room.calls.total(), byKind: room.calls.byKind(), latest: room.calls.latest() });
  });
  control.delete('/calls', (_req, res) => {
    room.calls.reset();
    res.status(204).end();
  });
  control.get('/faults', (_req, res) => {
    res.json(board.list());
  });
  control.post('/faults', (req, res) => setFaults(req, res, board));
  control.delete('/faults', (_req, res) => {
    board.clear();
    res.status(204).end();
  });
  control.get('/clock', (_req, res) => {
    res.json(clockFace(room.clock));
  });
  control.post('/clock', (req, res) => moveClock(req, res, room.clock));
  room.more(control);
  app.use('/__sandbox', control);
}

function setFaults(req: Request, res: Response, board: FaultBoard): void {
  const faults: readonly unknown[] = Array.isArray(req.body) ? req.body : [req.body];
  const wrong = faults.find((fault) => !isFault(fault));
  if (wrong !== undefined) {
    res.status(400).json({ message: `kind must be one of ${FAULT_KINDS.join(', ')}` });
    return;
  }
  faults.filter(isFault).forEach(board.set);
  res.status(201).json(board.list());
}

function isFault(value: unknown): value is Fault {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    typeof value.kind === 'string' &&
    FAULT_KINDS.includes(value.kind)
  );
}

function moveClock(req: Request, res: Response, clock: SandboxClock): void {
  const { now, advanceMs } = req.body ?? {};
  if (now !== undefined) {
    const at = typeof now === 'number' ? now : Date.parse(String(now));
    if (Number.isNaN(at)) {
      res.status(400).json({ message: 'now must be an ISO time or milliseconds since 1970' });
      return;
    }
    clock.set(at);
  }
  if (typeof advanceMs === 'number') {
    clock.advance(advanceMs);
  }
  res.json(clockFace(clock));
}

function clockFace(clock: SandboxClock): { now: string; ms: number } {
  const ms = Math.floor(clock.now());
  return { now: new Date(ms).toISOString(), ms };
}
