const API = String.raw`^\w+ \/api\/v2\/`;

const KINDS: readonly (readonly [pattern: RegExp, kind: string])[] = [
  [/^POST \/oauth\/token/, 'token'],
  [new RegExp(`${API}(\\w+)/[^/]+/actions/(\\w+)`), '$1-$2'],
  [/^GET \/api\/v2\/(\w+)\/[^/]+$/, '$1-read'],
  [/^GET \/api\/v2\/(\w+)$/, '$1-list'],
  [/^POST \/api\/v2\/(\w+)$/, '$1-create'],
  [/^PATCH \/api\/v2\/(\w+)\/[^/]+$/, '$1-update'],
  [/^DELETE \/api\/v2\/(\w+)\/[^/]+$/, '$1-remove'],
];

/** What sort of call it is, for the call log: `prospects-list`, `sequenceStates-create`. */
export function callKind(method: string, path: string): string {
  const request = `${method} ${path}`;
  for (const [pattern, kind] of KINDS) {
    const match = pattern.exec(request);
    if (match !== null) return kind.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? '');
  }
  return 'other';
}
