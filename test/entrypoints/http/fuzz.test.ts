import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { webhookPart } from '../../../src/entrypoints/http/webhooks/webhook-part.js';
import { anything, headers, near, type Schema, segment } from '../../support/service/fuzz-inputs.js';
import { type Answer, deskOf, type RunningApp, runningApp } from '../../support/service/running-app.js';
import { settingsWith } from '../../support/world/settings.js';
import { aContact, anAccount, aWorld, openCases } from '../../support/world/world.js';

const SURGE = `
label: Support surge
priority: 50
trigger: { when: cases.openedLast30 > 3, edge: cases.surgeOn, reenter: { afterDays: 60 } }
audience: { roles: [user, other], maxPersons: 3 }
steps: [{ id: acknowledge, day: 1, channel: hubspot-list, target: 'Surge: acknowledge', lateBy: 3 }]
holdout: 0 %
`;
/** `FUZZ_RUNS=2000 npm run jest -- test/entrypoints/http/fuzz` looks further. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 25);
const UNLIMITED = 10_000_000;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: Schema;
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
}
interface Case {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

let app: RunningApp;
let cases: readonly Case[] = [];

/** A company with an account, a person, a finished run and an episode, so that something is found. */
beforeAll(async () => {
  const settings = settingsWith({ surge: SURGE }, 'brakes: { share: 100 % }');
  const world = aWorld({ settings });
  const account = anAccount(world);
  aContact(world, account, { Email: 'ann@customer.example' });
  await world.sync();
  world.pass(1);
  openCases(world, account, 4);
  await world.sync();
  const rates = { requests: UNLIMITED, usage: UNLIMITED, refused: UNLIMITED };
  const parts = [webhookPart(() => ({ hubspot: 'secret', outreach: 'secret' }))];
  app = await runningApp(deskOf(world), { options: { rates, parts, publicUrl: 'https://t.example.com' } });
  const document = (await app.ask('GET', '/v1/openapi.json', { scope: null })).json;
  const paths = Object.entries(document.paths) as [string, Record<string, Operation>][];
  cases = paths.flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
});
afterAll(() => app.stop());

/** Below 500, or "not now"; and whatever is no success says what is wrong as problem details. */
function expectAnswer({ status, headers: told, text, json }: Answer): void {
  expect(status).toBeGreaterThanOrEqual(200);
  if (status !== 503) expect([status, text]).toEqual([expect.any(Number), status < 500 ? text : 'no defect']);
  if (status < 400) return;
  expect(told.get('content-type')).toContain('application/problem+json');
  expect(json).toMatchObject({ status, type: expect.stringMatching(/^urn:truenorth:problem:/) });
  expect(json.detail).not.toBe('');
  expect(json.actions.length).toBeGreaterThan(0);
}

function requestsOf({ path, operation }: Case) {
  const { parameters = [], requestBody } = operation;
  const values: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.record(
    Object.fromEntries(parameters.map(({ name, schema }) => [name, near(schema)])),
    { requiredKeys: parameters.filter(({ required }) => required).map(({ name }) => name) },
  );
  const body =
    requestBody === undefined ? fc.constant(undefined) : near(requestBody.content['application/json'].schema);
  return fc.record({ values, body, headers }).map((made) => {
    const query = parameters
      .filter((parameter) => parameter.in === 'query' && made.values[parameter.name] !== undefined)
      .map(({ name }) => `${name}=${segment(made.values[name])}`);
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => segment(made.values[name]));
    return {
      url: `/v1${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`,
      body: made.body,
      headers: made.headers,
    };
  });
}

describe('every operation of the OpenAPI document', () => {
  it('is there to be tried', () => {
    expect(cases.length).toBeGreaterThan(15);
    expect(cases.map(({ operation }) => operation.operationId)).toContain('postUsage');
  });

  it('answers whatever it is asked without a defect, and says what is wrong as problem details', async () => {
    for (const one of cases) {
      await fc.assert(
        fc.asyncProperty(requestsOf(one), async ({ url, body, headers: sent }) => {
          const asked =
            one.method === 'GET'
              ? { scope: 'admin' as const, headers: sent }
              : { scope: 'admin' as const, headers: sent, body };
          expectAnswer(await app.ask(one.method, url, asked));
        }),
        { numRuns: RUNS },
      );
    }
  });

  it('answers bodies that are no JSON, or none of its own', async () => {
    const raw = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom(
        '{',
        '[',
        '{"a":',
        '"\\ud800"',
        '[1e999]',
        '{"__proto__":{"x":1}}',
        '\ufeff{}',
        'null',
        '0',
        '['.repeat(50_000),
        `{"readings":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
      ),
      anything.map((value) => JSON.stringify(value)),
    );
    const posts = cases.filter(({ method }) => method !== 'GET');
    for (const one of posts) {
      const url = `/v1${one.path.replaceAll(/\{\w+\}/g, 'x')}`;
      await fc.assert(
        fc.asyncProperty(raw, headers, async (body, sent) => {
          expectAnswer(await app.ask(one.method, url, { scope: 'admin', body, headers: sent }));
        }),
        { numRuns: Math.ceil(RUNS / 4) },
      );
    }
  });

  it('answers other methods, paths and versions', async () => {
    const methods = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD');
    const paths = fc.oneof(
      fc.constantFrom(...cases.map(({ path }) => `/v1${path.replaceAll(/[{}]/g, '')}`)),
      fc.constantFrom(
        '/v1',
        '/v1/',
        '/V1/accounts',
        '/v2/accounts',
        '/v1//accounts',
        '/v1/accounts/',
        '/orgs/other/v1/runs',
      ),
      fc.webPath(),
      anything.map((value) => `/v1/${segment(value)}`),
      anything.map((value) => `/webhooks/${segment(value)}`),
    );
    await fc.assert(
      fc.asyncProperty(methods, paths, headers, async (method, path, sent) => {
        const answer = await app.ask(method, path, { scope: 'admin', headers: sent });
        if (method === 'HEAD') expect(answer.status).toBeLessThan(500);
        else expectAnswer(answer);
      }),
      { numRuns: RUNS * 5 },
    );
  });

  it('answers forged webhooks of any form', async () => {
    const paths = fc.constantFrom('/webhooks/hubspot', '/webhooks/outreach');
    const forged = fc.record({
      'X-HubSpot-Signature-v3': fc.base64String(),
      'X-HubSpot-Request-Timestamp': fc.oneof(fc.nat().map(String), fc.constantFrom('', '-1', '1e9', 'x')),
      'Outreach-Webhook-Signature': fc.constantFrom('', 'zz', 'a'.repeat(64), '0'.repeat(63)),
    });
    await fc.assert(
      fc.asyncProperty(paths, anything, forged, async (path, value, sent) => {
        expectAnswer(
          await app.ask('POST', path, { scope: null, body: JSON.stringify(value), headers: sent }),
        );
      }),
      { numRuns: RUNS },
    );
  });
});
