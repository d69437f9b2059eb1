import { type ZodType, z } from 'zod';
import { SCOPES } from '../../ports/service-store.js';
import { type Endpoint, TAGS } from './endpoint.js';
import { takesBody } from './reading.js';

type Json = Readonly<Record<string, unknown>>;

/** The OpenAPI 3.1 document of these endpoints, from the schemas that validate their requests. `base` = where they are mounted. */
export function openApiOf(
  endpoints: readonly Endpoint[],
  about: { readonly version: string; readonly base: string },
): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Truenorth',
      version: about.version,
      description:
        'Health scores, touch tiers, runs, playbooks and refused records of one org. Errors are problem details (RFC 9457).',
    },
    servers: [{ url: about.base }],
    tags: TAGS.map((name) => ({ name })),
    security: [{ token: [] }],
    paths: pathsOf(endpoints),
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: `A token with a scope: ${SCOPES.join(', ')}. \`truenorth tokens create\` makes one.`,
        },
      },
      schemas: { Problem: schemaOf(PROBLEM, 'output') },
      responses: { Problem: problemResponse() },
    },
  };
}

const PROBLEM = z.strictObject({
  type: z.string().describe('Stable URN of the kind of problem.'),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('One sentence: what happened.'),
  code: z.string().describe('Stable, upper snake case.'),
  actions: z.array(z.string()).min(1).describe('What to do now.'),
  trace: z.string().describe('Under which the log has the rest.'),
  faults: z.array(z.strictObject({ at: z.string(), detail: z.string() })).optional(),
});

function problemResponse(): Json {
  const schema = { $ref: '#/components/schemas/Problem' };
  return {
    description: 'What went wrong and what to do now.',
    content: { 'application/problem+json': { schema } },
  };
}

function pathsOf(endpoints: readonly Endpoint[]): Json {
  const byPath = Map.groupBy(endpoints, ({ path }) => path);
  return Object.fromEntries(
    [...byPath].map(([path, of]) => [
      path,
      Object.fromEntries(of.map((endpoint) => [endpoint.method, operationOf(endpoint)])),
    ]),
  );
}

function operationOf(endpoint: Endpoint): Json {
  const { method, path, summary, tag, scope, shapes } = endpoint;
  const parameters = [...parametersOf('path', shapes.path), ...parametersOf('query', shapes.query)];
  return {
    operationId: `${method}${path.replaceAll(/[^A-Za-z]+(.)?/g, (_, next: string = '') => next.toUpperCase())}`,
    summary,
    description: `Needs the scope ${scope}.`,
    tags: [tag],
    'x-scope': scope,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(takesBody(endpoint) ? bodyOf(shapes.body) : {}),
    responses: { ...successOf(endpoint), default: { $ref: '#/components/responses/Problem' } },
  };
}

function bodyOf(body: ZodType): Json {
  const required = !body.safeParse(undefined).success;
  return { requestBody: { required, content: { 'application/json': { schema: schemaOf(body, 'input') } } } };
}

function successOf({ status, shapes, summary }: Endpoint): Json {
  const description = `${summary}.`.replace(/\.\.$/, '.');
  if (status === 204) return { 204: { description } };
  return {
    [status]: { description, content: { 'application/json': { schema: schemaOf(shapes.answer, 'output') } } },
  };
}

function parametersOf(place: 'path' | 'query', shape: ZodType): readonly Json[] {
  const { properties = {}, required = [] } = schemaOf(shape, 'input') as {
    readonly properties?: Readonly<Record<string, Json>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(typeof schema.description === 'string' ? { description: schema.description } : {}),
    schema,
  }));
}

function schemaOf(schema: ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
  });
  return rest;
}
