import { afterEach, describe, expect, it } from '@jest/globals';
import { smtpMessenger } from '../../../src/adapters/messenger/smtp/index.js';
import { MESSAGE, messengerContract } from '../../contracts/messenger.js';
import { type MailServer, startMailServer } from '../../support/mail-server.js';

const FROM = 'truenorth@example.com';
const TO = ['ops@example.com', 'cs@example.com'];

messengerContract('Mail', async () => {
  const server = await startMailServer();
  const messenger = smtpMessenger({ url: server.url, from: FROM, to: TO, timeoutMs: 2_000 });
  let gone = false;
  const goAway = async (): Promise<void> => {
    if (!gone) await server.close();
    gone = true;
  };
  return {
    messenger,
    taken: () => server.received.map(({ text }) => text),
    refuse: (how) => {
      server.answer = how === 'for good' ? 550 : 451;
    },
    goAway,
    close: async () => {
      messenger.close();
      await goAway();
    },
  };
});

describe('mail', () => {
  let server: MailServer | null = null;
  afterEach(() => server?.close());

  const send = async (url: string): Promise<void> => {
    const messenger = smtpMessenger({ url, from: FROM, to: TO, timeoutMs: 2_000 });
    await messenger.send(MESSAGE).finally(() => messenger.close());
  };

  it('reaches everybody, and shows nobody who else is told', async () => {
    server = await startMailServer();
    await send(server.url);
    const [mail] = server.received;
    expect(mail?.to).toEqual(TO);
    expect(mail?.from).toBe(FROM);
    expect(mail?.text).not.toMatch(/ops@|cs@/);
    expect(mail?.text).toMatch(/multipart\/alternative/);
  });

  it('shows what others wrote as text, in HTML too', async () => {
    server = await startMailServer();
    await send(server.url);
    expect(server.received[0]?.text).toContain('Ring &lt;!channel&gt; &amp; &quot;friends&quot;');
  });

  it('logs in with the user and the password of the URL', async () => {
    server = await startMailServer({ user: 'me@example.com', pass: 'p:w/ü' });
    await send(server.url);
    expect(server.received).toHaveLength(1);
    const wrong = server.url.replace('p%3Aw', 'other');
    await expect(send(wrong)).rejects.toMatchObject({ code: 'SMTP_LOGIN', retryable: false });
  });

  it.each(['ftp://mail.example.com', 'mail.example.com', 'smtp://'])(
    'does not take %s for a server',
    (url) => {
      expect(() => smtpMessenger({ url, from: FROM, to: TO, timeoutMs: 1 })).toThrow(
        'no address of a mail server',
      );
    },
  );
});
