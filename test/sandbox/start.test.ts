import { afterEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, type SandboxStart, startSandbox } from '../../src/sandbox/start.js';

const open: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
});

const NOW = Date.parse('2026-03-10T12:00:00Z');

async function serve(start: Partial<SandboxStart> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ accounts: 12, seed: 3, now: NOW, ...start });
  open.push(sandbox);
  return sandbox;
}

async function soql(
  sandbox: Sandbox,
  query: string,
): Promise<{ totalSize: number; records: readonly unknown[] }> {
  const url = `${sandbox.salesforce.url}/services/data/v62.0/query?q=${encodeURIComponent(query)}`;
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${sandbox.salesforce.accessToken}` },
  });
  return JSON.parse(await response.text());
}

describe('A sandbox', () => {
  it('serves the same company for the same seed, and another for another', async () => {
    const query = 'SELECT Id, Name, Industry, (SELECT Email FROM Contacts) FROM Account ORDER BY Id';
    const [one, again, other] = [await serve(), await serve(), await serve({ seed: 4 })];
    const first = await soql(one, query);
    expect(first.totalSize).toBe(12);
    expect(await soql(again, query)).toEqual(first);
    expect(await soql(other, query)).not.toEqual(first);
  });

  it('shares one clock between its servers and keeps its access token alive', async () => {
    const sandbox = await serve();
    await fetch(`${sandbox.hubspot.url}/__sandbox/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceMs: 3 * 24 * 60 * 60 * 1000 }),
    });
    expect(sandbox.now()).toBeGreaterThan(NOW + 3 * 24 * 60 * 60 * 1000 - 1);
    expect((await soql(sandbox, 'SELECT COUNT() FROM Account')).totalSize).toBe(12);
  });

  it('leaves objects out that a company does not have', async () => {
    const sandbox = await serve({ without: ['Survey_Response__c', 'Case'] });
    expect(await soql(sandbox, 'SELECT Id FROM Survey_Response__c')).toMatchObject([
      { errorCode: 'INVALID_TYPE' },
    ]);
    expect((await soql(sandbox, 'SELECT COUNT() FROM Case')).totalSize).toBe(0);
  });
});
