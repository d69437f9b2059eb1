import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { salesforceTaskChannel } from '../../src/adapters/channel/salesforce-task/index.js';
import { webhookPart } from '../../src/entrypoints/http/webhooks/webhook-part.js';
import { marketingProperties } from '../../src/install/marketing-properties.js';
import { JOB_NAMES, type JobHandler, type JobName } from '../../src/ports/job-queue.js';
import type { Settings } from '../../src/ports/settings.js';
import { startClock } from '../../src/sandbox/clock.js';
import type { EngineParts } from '../../src/service/engine-parts.js';
import { readBackJobOf } from '../../src/service/jobs/read-back.js';
import { NO_CALLS } from '../../src/sync/context.js';
import { runSync } from '../../src/sync/run-sync.js';
import { aPortal, engage } from '../support/hubspot-portal.js';
import { aTool } from '../support/hubspot-tool.js';
import { deskOf, runningApp } from '../support/service/running-app.js';
import { until } from '../support/until.js';
import { settingsWith } from '../support/world/settings.js';
import { aContact, anAccount, aWorld, openCases } from '../support/world/world.js';

const SURGE = `
label: Support surge
priority: 50
trigger: { when: cases.openedLast30 > 3, edge: cases.surgeOn, reenter: { afterDays: 60 } }
audience: { roles: [user, other], maxPersons: 3 }
steps: [{ id: acknowledge, day: 1, channel: hubspot-list, target: 'Surge: acknowledge', lateBy: 3 }]
holdout: 0 %
`;
const SECRET = 'secret of the app';

let settings: Settings;
beforeAll(() => {
  settings = settingsWith({ surge: SURGE }, 'brakes: { share: 100 % }');
});

const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

/** A port that nobody listens on: the address must be known before the service listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Somebody enrolled in the embedded HubSpot, a service that takes its webhooks, and a worker that reads people back. */
async function aServedCompany() {
  const world = aWorld({ settings });
  const { clock } = world.tools;
  const portal = await aPortal({ clock: startClock(clock.now(), () => clock.now() - FIRST) });
  const tool = aTool(portal, {
    stamps: {
      contact: settings.marketing?.contactStamp ?? '',
      company: settings.marketing?.companyStamp ?? '',
    },
  });
  const channels = new Map(
    [...tool.channels, salesforceTaskChannel(world.crm.crm)].map((one) => [one.id, one]),
  );
  const tools = { ...world.tools, marketing: [tool], channels };
  const account = anAccount(world);
  aContact(world, account, { Email: 'ann@customer.example' });
  let runs = 0;
  const sync = () => {
    runs += 1;
    const own = { holder: `h${runs}`, holderIsGone: () => false, realNow: clock.now };
    return runSync(tools, { apply: true, runId: `run-${runs}`, callsBefore: NO_CALLS, ...own });
  };
  ended.push(portal.close);
  return { world, portal, tools, account, sync };
}

const FIRST = Date.parse('2026-03-02T10:00:00Z');

describe('somebody who unsubscribes in HubSpot', () => {
  it('is known to have, as soon as HubSpot says that something happened', async () => {
    const { world, portal, tools, account, sync } = await aServedCompany();
    const { createProperties } = tools.marketing[0] ?? {};
    if (settings.marketing) await createProperties?.(marketingProperties(settings.marketing));
    await sync();
    world.pass(1);
    openCases(world, account, 4);
    await sync();
    const entries = [];
    for await (const page of world.state.ledger.through(['hubspot-list'], 0, 10)) entries.push(...page);
    const recordId = entries[0]?.recordId ?? '';
    expect(entries).toMatchObject([{ status: 'enrolled' }]);

    const desk = deskOf(world);
    const parts = {
      ...desk,
      tools: async () => tools,
      holder: 'worker',
      holderIsGone: () => false,
      realNow: Date.now,
      newRunId: () => 'heard',
    };
    const nothing: JobHandler = async () => {};
    const handlers = Object.fromEntries(JOB_NAMES.map((name) => [name, nothing])) as Record<
      JobName,
      JobHandler
    >;
    const readBack = readBackJobOf(parts as unknown as EngineParts);
    const worker = await desk.queue.work({ ...handlers, 'read-back': readBack }, { 'read-back': 1 });
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    const webhooks = webhookPart(() => ({ hubspot: SECRET, outreach: null }));
    const app = await runningApp(desk, { options: { publicUrl, parts: [webhooks] }, http: { port } });
    ended.push(app.stop, () => worker.stop(0));
    await fetch(`${portal.url()}/__sandbox/webhooks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: `${publicUrl}/webhooks/hubspot`, secret: SECRET }),
    });

    await engage(portal, { contactId: recordId, kind: 'unsubscribed' });
    const kinds = async () =>
      ((await world.state.assessments.bundle(account))?.rows.engagement ?? []).map(
        ({ values }) => values.kind,
      );
    await until('the opt-out is known', async () => (await kinds()).includes('unsubscribed'), 20_000);
    expect(await (await fetch(`${portal.url()}/__sandbox/webhooks`)).json()).toMatchObject({
      answers: [200],
    });
  });
});
