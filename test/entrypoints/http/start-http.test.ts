import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from '@jest/globals';
import { startHttp } from '../../../src/entrypoints/http/start-http.js';

const HERE = { host: '127.0.0.1', port: 0 };

it('lets a request that is under way end before it closes, and takes no other', async () => {
  let answer: () => void = () => {};
  const asked = new Promise<void>((resolve) => {
    void startHttp((_request, response) => {
      answer = () => response.end('done');
      resolve();
    }, HERE).then((running) => {
      http = running;
      begun = fetch(running.url).then((response) => response.text());
    });
  });
  let http: Awaited<ReturnType<typeof startHttp>> | undefined;
  let begun: Promise<string> | undefined;
  await asked;
  const closed = http?.close(60_000);
  await expect(fetch(http?.url ?? '')).rejects.toThrow();
  answer();
  expect(await begun).toBe('done');
  await closed;
});

it('cuts off whoever is still there when the grace is over', async () => {
  const http = await startHttp(() => {}, HERE);
  const socket = connect(http.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'connect');
  // The cut may be felt as an error first.
  const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await http.close(0);
  await gone;
});

it('says what to do when the address is taken', async () => {
  const http = await startHttp(() => {}, HERE);
  await expect(startHttp(() => {}, { ...HERE, port: http.port })).rejects.toMatchObject({
    code: 'CANNOT_LISTEN',
    message: `Another program listens on 127.0.0.1:${http.port} already.`,
  });
  await http.close(0);
});
