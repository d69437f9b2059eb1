import type { z } from 'zod';
import type { Findings } from './checked/findings.js';
import { writtenEngagement } from './normalised/engagement.js';
import { writtenHealth } from './normalised/health.js';
import { writtenHubspotMapping } from './normalised/hubspot-mapping.js';
import { writtenMoments } from './normalised/moments.js';
import { type Normalised, normalise } from './normalised/normalise.js';
import { writtenOutreachMapping } from './normalised/outreach-mapping.js';
import { identifier } from './normalised/parts.js';
import { type WrittenPlaybook, writtenPlaybook } from './normalised/playbook.js';
import { writtenProgram } from './normalised/program.js';
import { writtenSalesforceMapping } from './normalised/salesforce-mapping.js';
import { writtenService } from './normalised/service.js';
import { writtenTiers } from './normalised/tiers.js';
import type { TextFiles } from './text-files.js';
import { readYaml } from './written/yaml-file.js';

/** Every kind of configuration file: where it lies, what its editor schema is called, what may stand in it. */
export const CONFIG_FILES = {
  health: { path: 'config/health.yaml', schemaName: 'health', schema: writtenHealth },
  tiers: { path: 'config/tiers.yaml', schemaName: 'tiers', schema: writtenTiers },
  engagement: { path: 'config/engagement.yaml', schemaName: 'engagement', schema: writtenEngagement },
  moments: { path: 'config/moments.yaml', schemaName: 'moments', schema: writtenMoments },
  program: { path: 'config/program.yaml', schemaName: 'program', schema: writtenProgram },
  service: { path: 'config/service.yaml', schemaName: 'service', schema: writtenService },
  salesforce: {
    path: 'mappings/salesforce.yaml',
    schemaName: 'salesforce',
    schema: writtenSalesforceMapping,
  },
  hubspot: { path: 'mappings/hubspot.yaml', schemaName: 'hubspot', schema: writtenHubspotMapping },
  outreach: { path: 'mappings/outreach.yaml', schemaName: 'outreach', schema: writtenOutreachMapping },
} as const;

export const PLAYBOOK_FOLDER = 'config/playbooks';
export const PLAYBOOK_FILES = {
  path: `${PLAYBOOK_FOLDER}/*.yaml`,
  schemaName: 'playbook',
  schema: writtenPlaybook,
} as const;

export interface ReadPlaybook {
  readonly id: string;
  readonly read: Normalised<WrittenPlaybook>;
}

function readText<T>(
  path: string,
  text: string,
  at: { schema: z.ZodType<T>; findings: Findings },
): Normalised<T> | null {
  const { file, problems } = readYaml(path, text);
  at.findings.report(...problems);
  const normalised = normalise(file, at.schema);
  at.findings.report(...normalised.problems);
  return normalised.result;
}

function readOne<T>(
  files: TextFiles,
  entry: { readonly path: string; readonly schema: z.ZodType<T> },
  findings: Findings,
): Normalised<T> | null {
  const text = files.read(entry.path);
  if (text !== null) return readText(entry.path, text, { schema: entry.schema, findings });
  const message =
    'the file is missing; run "truenorth init" to have it drafted, or copy the one that comes with Truenorth';
  findings.report({ file: entry.path, line: null, column: null, message });
  return null;
}

/** A file that came later: without it every key has its default, so that older folders go on working. */
function readOrDefault<T>(
  files: TextFiles,
  { path, schema }: { readonly path: string; readonly schema: z.ZodType<T> },
  findings: Findings,
): Normalised<T> | null {
  return readText(path, files.read(path) ?? '', { schema, findings });
}

/** A file's name is the playbook's id: it must be one, and only one file may have it. */
function playbookId(name: string, names: readonly string[], findings: Findings): string {
  const id = name.replace(/\.ya?ml$/, '');
  const file = `${PLAYBOOK_FOLDER}/${name}`;
  const report = (message: string) => findings.report({ file, line: null, column: null, message });
  if (!identifier.safeParse(id).success)
    report('the file’s name is the playbook’s id: letters, digits and hyphens only');
  if (name.endsWith('.yml') && names.includes(`${id}.yaml`))
    report(`${id}.yaml exists too; keep one of them`);
  return id;
}

function readPlaybooks(files: TextFiles, findings: Findings): readonly ReadPlaybook[] {
  const names = files.list(PLAYBOOK_FOLDER).filter((name) => /\.ya?ml$/.test(name));
  return names.flatMap((name) => {
    const path = `${PLAYBOOK_FOLDER}/${name}`;
    const id = playbookId(name, names, findings);
    const read = readText(path, files.read(path) ?? '', { schema: writtenPlaybook, findings });
    return read === null ? [] : [{ id, read }];
  });
}

/** Reads and normalises every file; null where one can't be used. */
export function readFileSet(files: TextFiles, findings: Findings) {
  return {
    health: readOne(files, CONFIG_FILES.health, findings),
    tiers: readOne(files, CONFIG_FILES.tiers, findings),
    engagement: readOrDefault(files, CONFIG_FILES.engagement, findings),
    moments: readOrDefault(files, CONFIG_FILES.moments, findings),
    program: readOrDefault(files, CONFIG_FILES.program, findings),
    service: readOne(files, CONFIG_FILES.service, findings),
    salesforce: readOne(files, CONFIG_FILES.salesforce, findings),
    hubspot: readOne(files, CONFIG_FILES.hubspot, findings),
    /** Null also where there is no such file: the tool is not used then. */
    outreach:
      files.read(CONFIG_FILES.outreach.path) === null
        ? null
        : readOrDefault(files, CONFIG_FILES.outreach, findings),
    playbooks: readPlaybooks(files, findings),
  };
}

export type FileSet = ReturnType<typeof readFileSet>;
