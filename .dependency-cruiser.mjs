/**
 * The architecture, as rules that fail the build. Read it top to bottom: it is the shortest true
 * description of who may know whom.
 *   entrypoints -> compose -> adapters -> ports -> domain
 *   compose -> service -> sync, install, insight -> ports, domain;  config -> domain
 */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^src/${from}` },
  to: { path: '^src/', pathNot: [`^src/${from}`, ...allowed.map((room) => `^src/${room}`)] },
});

export default {
  forbidden: [
    only('domain-knows-nobody', 'domain/', [], 'The domain is pure: it knows no other room.'),
    {
      name: 'domain-imports-no-package',
      comment: 'No I/O, no vendor, no schema library, not even Node: facts in, decisions out.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional'] },
    },
    only('ports-know-the-domain', 'ports/', ['domain/'], 'A port speaks in domain words and nothing else.'),
    only(
      'config-knows-the-domain',
      'config/',
      ['domain/', 'ports/errors', 'ports/mapping', 'ports/crm-records', 'ports/service-names'],
      'Config resolves text to domain values.',
    ),
    only(
      'sync-knows-ports',
      'sync/',
      ['ports/', 'domain/', 'config/resolved'],
      'The run never names a technology.',
    ),
    only(
      'install-knows-ports',
      'install/',
      ['ports/', 'domain/', 'config/'],
      'Install is generated from mappings.',
    ),
    only(
      'insight-looks-back',
      'insight/',
      ['sync/', 'ports/', 'domain/', 'config/resolved'],
      'Insight reads what runs have left; it writes nothing and asks nobody.',
    ),
    only(
      'service-knows-the-run',
      'service/',
      ['sync/', 'insight/', 'ports/', 'domain/', 'config/resolved'],
      'The service decides when and by whom a run is made, and what people are shown of it.',
    ),
    {
      name: 'nothing-beneath-knows-the-service',
      comment: 'The run does not know who called it.',
      severity: 'error',
      from: { path: '^src/(domain|ports|sync|insight|install|config|adapters)/' },
      to: { path: '^src/(service|entrypoints)/' },
    },
    only('adapters-know-ports', 'adapters/', ['ports/', 'domain/'], 'An adapter serves one port.'),
    {
      name: 'adapters-do-not-know-each-other',
      comment:
        'Two adapters that share code share it through a port; stores share the database beneath them.',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+/[^/]+)/' },
      to: { path: '^src/adapters/', pathNot: ['^src/adapters/$1/', '^src/adapters/database/'] },
    },
    only(
      'sandbox-stands-alone',
      'sandbox/',
      [],
      "A stand-in for somebody else's servers shares no code with ours.",
    ),
    {
      name: 'only-the-cli-starts-the-sandbox',
      comment: 'The sandbox is not in the production image.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/sandbox/', '^src/entrypoints/cli/'] },
      to: { path: '^src/sandbox/' },
    },
    {
      name: 'one-importer-per-sdk',
      comment: 'Each vendor SDK has one home, so that its traps are handled once.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/adapters/crm/salesforce/', '^src/adapters/marketing/hubspot/'] },
      to: { path: 'node_modules/(jsforce|@hubspot/api-client)' },
    },
    {
      name: 'compose-picks-adapters',
      comment: 'One file decides which technology serves which port.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/compose', '^src/adapters/'] },
      to: { path: '^src/adapters/' },
    },
    {
      name: 'no-circles',
      comment: 'A circle is one module in two files.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports is dead.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '\\.d\\.ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
