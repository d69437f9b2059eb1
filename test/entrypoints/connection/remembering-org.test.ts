import { expect, it } from '@jest/globals';
import { rememberingOrg } from '../../../src/entrypoints/connection/remembering-org.js';
import { settingsWith } from '../../support/world/settings.js';
import { aWorld } from '../../support/world/world.js';

const { crm } = aWorld({ settings: settingsWith({}, 'enabled: true\n') }).tools;

/** A CRM that cannot be reached as long as `away` says so, and how often it was asked who it is. */
function aCrm() {
  const seen = { away: false, asked: 0 };
  const org: typeof crm.org = async () => {
    seen.asked += 1;
    if (seen.away) throw new Error('away');
    return crm.org();
  };
  return { seen, remembering: rememberingOrg({ ...crm, org }) };
}

it('asks once who the CRM is, however many ask at the same time', async () => {
  const { seen, remembering } = aCrm();
  await Promise.all([remembering.org(), remembering.org()]);
  await remembering.org();
  expect(seen.asked).toBe(1);
});

it('asks again after an outage: a service that was started during one goes on by itself', async () => {
  const { seen, remembering } = aCrm();
  seen.away = true;
  await expect(remembering.org()).rejects.toThrow('away');
  seen.away = false;
  expect(await remembering.org()).toEqual(await crm.org());
});
