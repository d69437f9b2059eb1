import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';

/** What happens to a request: `before` = the server never hears of it; `after` = nobody hears its answer. */
export interface Strike {
  readonly when: 'before' | 'after';
  readonly strike: () => void;
}

/** Asked for every request (`METHOD /path?query`); null lets it pass. */
export type Watch = (request: string) => Strike | null;

/** A way to a server that passes everything on, until the watch strikes. */
export interface Gate {
  readonly url: string;
  readonly close: () => Promise<void>;
}

export async function aGate(target: string, watch: Watch): Promise<Gate> {
  const server = createServer((incoming, outgoing) =>
    pass(target, { incoming, outgoing }, watch(`${incoming.method} ${incoming.url}`)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    close: () => closed(server),
  };
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

function pass(target: string, { incoming, outgoing }: Exchange, struck: Strike | null): void {
  if (struck?.when === 'before') {
    struck.strike();
    incoming.destroy();
    return;
  }
  const { hostname, port } = new URL(target);
  const { method, url, headers } = incoming;
  const onward = request({ hostname, port, method, path: url, headers }, (answer) => {
    if (struck !== null) {
      answer.resume().once('end', () => {
        struck.strike();
        outgoing.destroy();
      });
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.once('error', () => outgoing.destroy());
  incoming.pipe(onward);
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
