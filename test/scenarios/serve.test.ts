import { describe, expect, it } from '@jest/globals';
import { endState, withState } from '../support/end-state.js';
import { aReadyCompany } from '../support/ready-company.js';
import { aService, type Service } from '../support/service.js';

const done = (body: { runs: readonly { status: string }[] }) =>
  body.runs.some(({ status }) => status === 'done');

describe('The service as a process', () => {
  it('makes its first run by itself, serves what came of it, and ends in order when asked', async () => {
    const company = await aReadyCompany();
    let service: Service | undefined;
    try {
      service = await aService(company);
      const runs = await service.until('/v1/runs', done);
      expect(runs.runs[0]).toMatchObject({ status: 'done', apply: true });
      const accounts = await service.api('GET', '/v1/accounts?limit=5');
      expect(accounts.status).toBe(200);
      expect(accounts.body.accounts).toHaveLength(5);
      service.process.stop();
      const { exit } = await service.process.ended;
      expect(exit).toBe(0);
      expect(await withState(company.folder, async (state) => (await state.runs.list(9)).length)).toBe(1);
    } finally {
      service?.process.kill();
      await company.close();
    }
  });

  it('killed in the middle of a run, goes on with that run when it is started again', async () => {
    const [killed, undisturbed] = [await aReadyCompany(), await aReadyCompany()];
    const started: Service[] = [];
    try {
      const whole = await aService(undisturbed);
      started.push(whole);
      await whole.until('/v1/runs', done);
      whole.process.stop();
      await whole.process.ended;
      const first = await aService(killed);
      started.push(first);
      await first.until('/v1/runs', ({ runs }) => runs.length > 0 && runs[0].stage !== 'pull');
      first.process.kill();
      await first.process.ended;
      const second = await aService(killed);
      started.push(second);
      const runs = await second.until('/v1/runs', done);
      expect(runs.runs).toHaveLength(1);
      second.process.stop();
      await second.process.ended;
      expect(await endState(killed)).toEqual(await endState(undisturbed));
    } finally {
      for (const { process } of started) process.kill();
      await killed.close();
      await undisturbed.close();
    }
  });
});
