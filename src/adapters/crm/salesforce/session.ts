import type { Token } from './auth.js';

export interface Session {
  readonly token: () => Promise<Token>;
  /** A token other than the spent one; calls at the same time share one login. */
  readonly renew: (spent: Token) => Promise<Token>;
}

export function createSession(login: (renewal: boolean) => Promise<Token>): Session {
  let current: Promise<Token> | null = null;
  const start = (renewal: boolean): Promise<Token> => {
    const started = login(renewal);
    current = started;
    started.catch(() => {
      if (current === started) current = null;
    });
    return started;
  };
  return {
    token: () => current ?? start(false),
    async renew(spent) {
      for (;;) {
        const pending = current ?? start(true);
        const known = await pending;
        if (known.accessToken !== spent.accessToken) return known;
        if (current === pending || current === null) return start(true);
      }
    },
  };
}
