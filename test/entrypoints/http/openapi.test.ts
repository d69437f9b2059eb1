import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ENDPOINTS } from '../../../src/entrypoints/http/api/index.js';
import { TAGS } from '../../../src/entrypoints/http/endpoint.js';
import { openApiOf } from '../../../src/entrypoints/http/openapi.js';
import { deskOf, type RunningApp, runningApp } from '../../support/service/running-app.js';
import { settingsWith } from '../../support/world/settings.js';
import { aWorld } from '../../support/world/world.js';

/** As much of OpenAPI 3.1 as a document of ours may use: everything else is a mistake. */
const schema = z.record(z.string(), z.unknown());
const parameter = z.strictObject({
  name: z.string().min(1),
  in: z.enum(['path', 'query']),
  required: z.boolean(),
  description: z.string().optional(),
  schema,
});
const content = z.record(z.string().regex(/^application\//), z.strictObject({ schema }));
const response = z.union([
  z.strictObject({ description: z.string().min(1), content: content.optional() }),
  z.strictObject({ $ref: z.string() }),
]);
const operation = z.strictObject({
  operationId: z.string().regex(/^[a-z][A-Za-z]+$/),
  summary: z.string().min(1),
  description: z.string(),
  tags: z.array(z.enum(TAGS)).length(1),
  'x-scope': z.string(),
  parameters: z.array(parameter).optional(),
  requestBody: z.strictObject({ required: z.boolean(), content }).optional(),
  responses: z.record(z.string().regex(/^([1-5]\d\d|default)$/), response),
});
const DOCUMENT = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.string() })).min(1),
  tags: z.array(z.strictObject({ name: z.string() })),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(z.enum(['get', 'post', 'put', 'delete']), operation),
  ),
  components: z.strictObject({
    securitySchemes: z.record(z.string(), z.record(z.string(), z.string())),
    schemas: z.record(z.string(), schema),
    responses: z.record(z.string(), response),
  }),
});

const document = openApiOf(ENDPOINTS, { version: '1.2.3', base: '/v1' });

describe('the OpenAPI document', () => {
  it('is one, in every part', () => {
    expect(DOCUMENT.safeParse(document).error).toBeUndefined();
  });

  it('refers only to what it holds, and names every operation once', () => {
    const text = JSON.stringify(document);
    for (const [, path = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = path
        .split('/')
        .reduce<unknown>((at, name) => (at as Record<string, unknown>)?.[name], document);
      expect([path, typeof found]).toEqual([path, 'object']);
    }
    const ids = [...text.matchAll(/"operationId":"([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toHaveLength(ENDPOINTS.length);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says of every part of a path what it is', () => {
    const { paths } = DOCUMENT.parse(document);
    for (const [path, operations] of Object.entries(paths))
      for (const one of Object.values(operations)) {
        const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        const told = (one?.parameters ?? []).filter(({ in: place }) => place === 'path');
        expect([path, told.map(({ name }) => name)]).toEqual([path, named]);
        expect(told.every(({ required }) => required)).toBe(true);
      }
  });

  it('can be turned back into schemas that take what the endpoints take', () => {
    const { paths } = DOCUMENT.parse(document);
    const body = paths['/runs']?.post?.requestBody?.content['application/json']?.schema;
    expect(body).toMatchObject({ type: 'object', required: ['kind'], additionalProperties: false });
    const limit = paths['/runs']?.get?.parameters?.find(({ name }) => name === 'limit');
    expect(limit).toMatchObject({ required: false, schema: { type: 'integer', minimum: 1, maximum: 500 } });
  });
});

describe('over HTTP', () => {
  let app: RunningApp;
  const desk = () => deskOf(aWorld({ settings: settingsWith({}, 'enabled: true\n') }));
  beforeAll(async () => {
    app = await runningApp({ ...desk(), org: 'north' }, { others: [{ ...desk(), org: 'south' }] });
  });
  afterAll(() => app.stop());

  it('the document needs no token and says where its org is', async () => {
    const { status, json } = await app.ask('GET', '/orgs/south/v1/openapi.json', { scope: null });
    expect([status, json.servers]).toEqual([200, [{ url: '/orgs/south/v1' }]]);
  });

  it('orgs stand side by side, each with tokens of its own', async () => {
    expect((await app.ask('GET', '/orgs/north/v1/controls')).status).toBe(200);
    expect((await app.ask('GET', '/orgs/south/v1/controls')).status).toBe(401);
    expect((await app.ask('GET', '/v1/controls')).status).toBe(404);
    expect((await app.ask('GET', '/orgs/west/v1/controls')).status).toBe(404);
  });

  it('each sees its own numbers, and all of them only this machine', async () => {
    const from = (path: string, proxied: boolean) =>
      app.ask('GET', path, { headers: proxied ? { 'X-Forwarded-For': '192.0.2.1' } : {} });
    const own = await from('/orgs/north/metrics', true);
    expect(own.status).toBe(200);
    expect(own.text).toContain('org="north"');
    expect(own.text).not.toContain('org="south"');
    expect((await from('/orgs/south/metrics', true)).status).toBe(401);
    expect((await from('/metrics', true)).status).toBe(403);
    const all = await from('/metrics', false);
    expect(all.text).toContain('org="north"');
    expect(all.text).toContain('org="south"');
    expect(all.text).toContain('truenorth_http_request_seconds');
  });
});
