/** Dated twin -> the path under which the handlers know it. Date-based versions answer with the same bodies. */
const DATED: readonly (readonly [pattern: RegExp, canonical: string])[] = [
  [/^\/crm\/objects\/2026-03\/([^/]+\/[^/]+\/associations\/.*)$/, '/crm/v4/objects/$1'],
  [/^\/crm\/objects\/2026-03\/(.*)$/, '/crm/v3/objects/$1'],
  [/^\/crm\/properties\/2026-03\/(.*)$/, '/crm/v3/properties/$1'],
  [/^\/crm\/associations\/2026-03\/(.*)$/, '/crm/v4/associations/$1'],
  [/^\/crm\/lists\/2026-03(.*)$/, '/crm/v3/lists$1'],
  [/^\/crm\/owners\/2026-03(.*)$/, '/crm/v3/owners$1'],
  [/^\/automation\/sequences\/2026-03(.*)$/, '/automation/v4/sequences$1'],
  [/^\/communication-preferences\/2026-03\/(.*)$/, '/communication-preferences/v4/$1'],
  [/^\/account-info\/2026-03\/(.*)$/, '/account-info/v3/$1'],
];

/** The v3 or v4 path of a request, with its query. */
export function canonicalPath(url: string): string {
  const [path = '', ...query] = url.split('?');
  const twin = DATED.find(([pattern]) => pattern.test(path));
  const canonical = twin === undefined ? path : path.replace(twin[0], twin[1]);
  return [canonical, ...query].join('?');
}

const KINDS: readonly (readonly [pattern: RegExp, kind: string])[] = [
  [/^\w+ \/crm\/v3\/objects\/(\w+)\/batch\/(\w+)/, '$1-batch-$2'],
  [/^\w+ \/crm\/v3\/objects\/(\w+)\/search/, '$1-search'],
  [/^\w+ \/crm\/v3\/objects\/(\w+)/, '$1-record'],
  [/^\w+ \/crm\/v3\/properties/, 'properties'],
  [/^\w+ \/crm\/v3\/lists\/[^/]+\/memberships\/(add|remove|add-and-remove)/, 'list-$1'],
  [/^\w+ \/crm\/v3\/lists\/.*memberships/, 'list-members'],
  [/^\w+ \/crm\/v3\/lists/, 'lists'],
  [/^POST \/automation\/v4\/sequences\/enrollments/, 'sequence-enrol'],
  [/^\w+ \/automation\/v4\/sequences\/enrollments/, 'sequence-state'],
  [/^\w+ \/automation\/v4\/sequences/, 'sequences'],
  [/^\w+ \/crm\/v4\//, 'associations'],
  [/^\w+ \/crm\/v3\/owners/, 'owners'],
  [/^\w+ \/communication-preferences/, 'consent'],
  [/^\w+ \/account-info/, 'account'],
];

/** What sort of call it is, for the call log: `contacts-batch-read`, `list-add`. */
export function callKind(method: string, path: string): string {
  const request = `${method} ${canonicalPath(path)}`;
  for (const [pattern, kind] of KINDS) {
    const match = pattern.exec(request);
    if (match !== null) return kind.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? '');
  }
  return 'other';
}
