import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { chatMessenger } from '../../../src/adapters/messenger/chat/index.js';
import { MESSAGE, type MessengerBench, messengerContract } from '../../contracts/messenger.js';

async function open(): Promise<MessengerBench> {
  const taken: string[] = [];
  let status = 200;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { text } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { text: string };
    if (status === 200) taken.push(text);
    response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end('ok');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const goAway = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((closed) => server.close(() => closed()));
  };
  return {
    messenger: chatMessenger({ url: `http://127.0.0.1:${port}/secret-path`, timeoutMs: 2_000 }),
    taken: () => taken,
    refuse: (how) => {
      status = how === 'for good' ? 302 : 503;
    },
    goAway,
    close: goAway,
  };
}

messengerContract('Chat', open);

describe('chat', () => {
  it('mentions nobody, whatever a name holds', async () => {
    const bench = await open();
    try {
      await bench.messenger.send(MESSAGE);
      expect(bench.taken()[0]).toContain('Ring &lt;!channel&gt; &amp; "friends"');
    } finally {
      await bench.close();
    }
  });

  it('cuts what is too long, and keeps the link', async () => {
    const bench = await open();
    try {
      const lines = Array.from({ length: 500 }, (_, n) => `digital: Account number ${n}`);
      await bench.messenger.send({ ...MESSAGE, sections: [{ title: null, lines }] });
      const [text = ''] = bench.taken();
      expect(text.length).toBeLessThan(4_000);
      expect(text.endsWith('…\nhttps://truenorth.example.com')).toBe(true);
    } finally {
      await bench.close();
    }
  });

  it.each(['http://chat.example.com/x', 'chat.example.com', 'ftp://127.0.0.1/x'])(
    'does not post to %s',
    (url) => {
      expect(() => chatMessenger({ url, timeoutMs: 1 })).toThrow('no https address');
    },
  );
});
