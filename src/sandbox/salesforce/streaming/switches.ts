import type { Router } from 'express';
import { isObject, type JsonObject } from '../rest/body.js';
import { attempt } from '../routes/attempt.js';
import type { Streaming } from './streaming.js';

/** What an administrator picks, and what goes wrong with streams. */
export function mountStreamSwitches(router: Router, streaming: Streaming): void {
  router.get('/streaming', (_req, res) => {
    res.json(stateOf(streaming));
  });
  router.post('/streaming', (req, res) =>
    attempt(res, () => {
      turn(streaming, isObject(req.body) ? req.body : {});
      return stateOf(streaming);
    }),
  );
}

function stateOf({ selection, clients, bus }: Streaming): unknown {
  return {
    selected: selection.list(),
    clients: clients.list().map(({ channels, release }) => ({
      channels: [...channels.keys()],
      held: release !== null,
    })),
    published: bus.published(),
    delivered: clients.delivered(),
  };
}

type Turn = (streaming: Streaming, value: unknown) => void;

const TURNS: Readonly<Record<string, Turn>> = {
  maxEntities: ({ selection }, value) => selection.allow(Number(value)),
  select: ({ selection }, value) => selection.choose(Array.isArray(value) ? value.map(String) : []),
  delayMs: ({ bus }, value) => {
    bus.settings.delayMs = Number(value);
  },
  gaps: ({ bus }, value) => {
    bus.settings.gaps = Number(value);
  },
  overflows: ({ bus }, value) => {
    bus.settings.overflows = Number(value);
  },
  forget: ({ bus }) => bus.forget(),
  holdMs: ({ clients }, value) => {
    clients.settings.holdMs = Number(value);
  },
  maxClients: ({ clients }, value) => {
    clients.settings.mostClients = Number(value);
  },
  dailyDeliveries: ({ clients }, value) => clients.limitDeliveries(Number(value)),
  mute: ({ clients }, value) => {
    clients.settings.mute = value === true;
  },
  deaf: ({ clients }, value) => {
    clients.settings.deaf = value === true;
  },
  cut: ({ clients }) => clients.cutAll(),
};

function turn(streaming: Streaming, body: JsonObject): void {
  for (const [name, value] of Object.entries(TURNS)) {
    if (body[name] !== undefined) value(streaming, body[name]);
  }
}
