import type { RestRequest, RestRoute } from './contract.js';

const RESOURCES = [
  'tooling',
  'metadata',
  'sobjects',
  'query',
  'queryAll',
  'limits',
  'composite',
  'jobs',
  'search',
  'parameterizedSearch',
  'recent',
  'analytics',
  'actions',
  'process',
  'support',
];

export const RESOURCE_ROUTES: readonly RestRoute[] = [
  {
    method: 'GET',
    pattern: '',
    kind: 'resources',
    run: (request) => ({ status: 200, body: resources(request) }),
  },
  { method: 'GET', pattern: '/recent', kind: 'other', run: () => ({ status: 200, body: [] }) },
];

/** The CLI reads this map before most commands to see whether its session lives (facts §1.5). */
function resources({ base, room, caller }: RestRequest): unknown {
  const identity = `${room.loopback.url()}/id/${room.org.id}/${caller.session.userId}`;
  return { ...Object.fromEntries(RESOURCES.map((name) => [name, `${base}/${name}`])), identity };
}
