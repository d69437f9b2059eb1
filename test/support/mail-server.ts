import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** The whole message, quoted-printable and base64 parts decoded. */
  readonly text: string;
}

export interface MailServer {
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  /** Code with which every message is answered; null = taken. */
  answer: number | null;
  readonly close: () => Promise<void>;
}

/** A real SMTP server on this machine, without a login or with one. */
export async function startMailServer(
  login: { readonly user: string; readonly pass: string } | null = null,
): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const state = { answer: null as number | null };
  const server = new SMTPServer({
    disabledCommands: login === null ? ['AUTH', 'STARTTLS'] : ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      login !== null && username === login.user && password === login.pass
        ? done(null, { user: username })
        : done(new Error('Invalid login')),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (state.answer !== null)
          return done(Object.assign(new Error('no'), { responseCode: state.answer }));
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          text: decoded(Buffer.concat(chunks).toString('utf8')),
        });
        done();
      });
    },
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const who = login === null ? '' : `${encodeURIComponent(login.user)}:${encodeURIComponent(login.pass)}@`;
  return Object.assign(state, {
    url: `smtp://${who}127.0.0.1:${port}`,
    received,
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  });
}

/** Lines joined and bytes restored: enough to look for words in what was sent. */
function decoded(raw: string): string {
  const joined = raw.replace(/=\r\n/g, '');
  return Buffer.from(
    joined.replace(/(=[0-9A-F]{2})+/g, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8')),
  ).toString('utf8');
}
