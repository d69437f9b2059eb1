import { describe, expect, it } from '@jest/globals';
import { IntegrationError } from '../../src/ports/errors.js';
import { byTool } from '../../src/sync/by-tool.js';

function failure(provider: string, retryable = true): IntegrationError {
  const kind = retryable ? 'Transient' : 'RateLimited';
  const told = { kind, code: 'DOWN', message: 'It does not answer.', actions: ['Wait.'] } as const;
  return new IntegrationError({ ...told, retryable, provider, operation: 'enrol' });
}

describe('what goes through a tool that fails', () => {
  it('is left alone for the rest of the run, and the others go on', async () => {
    const tools = byTool();
    const asked: string[] = [];
    const down = async (): Promise<never> => {
      asked.push('hubspot');
      throw failure('hubspot');
    };
    expect(await tools.attempt('hubspot-list', down)).toBeNull();
    expect(await tools.attempt('hubspot-sequence', down)).toBeNull();
    expect(await tools.attempt('outreach-sequence', async () => 2)).toBe(2);
    expect(await tools.attempt('salesforce-task', async () => 3)).toBe(3);
    expect(asked).toEqual(['hubspot']);
    expect(tools.say).toThrow('It does not answer.');
  });

  it('says nothing where nothing failed', () => {
    expect(byTool().say).not.toThrow();
  });

  it('ends the run at once where the CRM fails, or a budget is spent', async () => {
    const tools = byTool();
    const throws = (error: Error) => tools.attempt('hubspot-list', () => Promise.reject(error));
    await expect(throws(failure('salesforce'))).rejects.toThrow(IntegrationError);
    await expect(throws(failure('hubspot', false))).rejects.toThrow(IntegrationError);
    await expect(throws(new Error('a bug'))).rejects.toThrow('a bug');
  });
});
