import type { RunningApp } from './running-app.js';

/** What a browser of one person sends: its cookies, and where a request comes from. */
export interface Browser {
  readonly get: (path: string) => Promise<Response>;
  readonly post: (path: string, fields?: Readonly<Record<string, string>>) => Promise<Response>;
  readonly logIn: (name: string, password: string) => Promise<Response>;
  /** As it would be sent; empty before the log-in. */
  readonly cookie: () => string;
}

export function browserOf(
  app: Pick<RunningApp, 'url'>,
  extra: Readonly<Record<string, string>> = {},
): Browser {
  let cookie = '';
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = { Accept: 'text/html', ...(cookie === '' ? {} : { Cookie: cookie }), ...extra };
    const response = await fetch(app.url + path, {
      redirect: 'manual',
      ...init,
      headers: { ...headers, ...(init.headers as Record<string, string>) },
    });
    const set = response.headers.getSetCookie()[0]?.split(';')[0];
    if (set !== undefined) cookie = set;
    return response;
  };
  const post = (path: string, fields: Readonly<Record<string, string>> = {}) =>
    send(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { Origin: app.url, 'Sec-Fetch-Site': 'same-origin' },
    });
  return {
    get: (path) => send(path, {}),
    post,
    logIn: (name, password) => post('/login', { name, password }),
    cookie: () => cookie,
  };
}
