import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import nock from 'nock';

/**
 * Intercepted HTTP for what an embedded server can't easily be made to do. A test fails when it sends
 * a request that nobody expects, and when an expected request is never sent.
 */
export function interceptHttp(origin: string): () => nock.Scope {
  const unmatched: string[] = [];
  const note = (request: { method?: string; path?: string; url?: string }): void => {
    unmatched.push(`${request.method ?? ''} ${request.path ?? request.url ?? ''}`);
  };
  // Each test file has its own copy of nock, all of them patch the one http module of the process.
  beforeAll(() => {
    if (!nock.isActive()) nock.activate();
  });
  afterAll(() => nock.restore());
  beforeEach(() => {
    unmatched.length = 0;
    nock.disableNetConnect();
    nock.emitter.on('no match', note);
  });
  afterEach(() => {
    const unused = nock.pendingMocks();
    nock.emitter.removeListener('no match', note);
    nock.abortPendingRequests();
    nock.cleanAll();
    nock.enableNetConnect();
    if (unmatched.length > 0) throw new Error(`Nobody expected: ${unmatched.join('; ')}`);
    if (unused.length > 0) throw new Error(`Never sent: ${unused.join('; ')}`);
  });
  return () => nock(origin);
}
