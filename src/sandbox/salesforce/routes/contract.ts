import type { Router } from 'express';
import type { LoopbackRoom } from '../../http/loopback.js';
import type { Org } from '../store/org.js';

/** What a group of routes is given. `callerOf(res)` (routes/session-gate.ts) tells who calls. */
export interface RouteRoom {
  readonly org: Org;
  readonly loopback: LoopbackRoom;
}

/** A group of routes; mounted on the root of the server. Body parsing is the group's own business. */
export type MountRoutes = (router: Router, room: RouteRoom) => void;
