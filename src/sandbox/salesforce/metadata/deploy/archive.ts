import { strFromU8, unzipSync } from 'fflate';
import { error, type Problem } from '../types/problem.js';
import { childOf, childrenOf, textOf, textsOf, type XmlElement } from '../xml/element.js';
import { parseXml } from '../xml/parse.js';

/** package.xml as read: which members of which type, with the place of each type block. */
export interface Manifest {
  readonly version: string;
  readonly types: readonly ManifestType[];
}

export interface ManifestType {
  readonly type: string;
  readonly members: readonly string[];
  readonly element: XmlElement;
}

/** A deploy's zip, unpacked. */
export interface Archive {
  readonly manifest: Manifest;
  /** Path below the package's root -> text. */
  readonly files: ReadonlyMap<string, string>;
  /** Of destructiveChanges.xml and its Pre and Post forms, in the order in which they are carried out. */
  readonly deletionsBefore: readonly ManifestType[];
  readonly deletionsAfter: readonly ManifestType[];
}

export interface ArchiveProblem {
  readonly fileName: string;
  readonly problem: Problem;
}

export type OpenedArchive =
  | { readonly archive: Archive; readonly problems?: never }
  | { readonly archive?: never; readonly problems: readonly ArchiveProblem[] };

const MOST_FILES = 10_000;
const TOP = { line: 1, column: 1 };

/** Unpacks a zip and reads its manifests. `singlePackage` false = the package lies in one folder of the zip. */
export function openArchive(zip: Uint8Array, singlePackage: boolean): OpenedArchive {
  const unpacked = unpack(zip);
  if (unpacked === null) return refused('', error('Invalid zip file', TOP));
  if (unpacked.size > MOST_FILES) return refused('', error(`Too many files: at most ${MOST_FILES}`, TOP));
  const files = singlePackage ? unpacked : withoutTopFolder(unpacked);
  const source = files.get('package.xml');
  if (source === undefined) return refused('package.xml', error('No package.xml found', TOP));
  const read = ['package.xml', ...DELETIONS].map((name) => readManifest(name, files.get(name)));
  const problems = read.flatMap((one) => one.problems);
  if (problems.length > 0) return { problems };
  const [manifest, plain, before, after] = read.map((one) => one.manifest);
  return {
    archive: {
      manifest: manifest ?? EMPTY,
      files,
      deletionsBefore: [...(plain?.types ?? []), ...(before?.types ?? [])],
      deletionsAfter: after?.types ?? [],
    },
  };
}

const DELETIONS = ['destructiveChanges.xml', 'destructiveChangesPre.xml', 'destructiveChangesPost.xml'];
const EMPTY: Manifest = { version: '', types: [] };

function refused(fileName: string, problem: Problem): OpenedArchive {
  return { problems: [{ fileName, problem }] };
}

function unpack(zip: Uint8Array): ReadonlyMap<string, string> | null {
  try {
    const entries = Object.entries(unzipSync(zip)).filter(([path]) => !path.endsWith('/'));
    return new Map(entries.map(([path, bytes]) => [path.replaceAll('\\', '/'), strFromU8(bytes)]));
  } catch {
    return null;
  }
}

function withoutTopFolder(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...files].map(([path, text]) => [path.slice(path.indexOf('/') + 1), text]));
}

interface ReadManifest {
  readonly manifest: Manifest;
  readonly problems: readonly ArchiveProblem[];
}

function readManifest(fileName: string, source: string | undefined): ReadManifest {
  if (source === undefined) return { manifest: EMPTY, problems: [] };
  const { root, problem } = parseXml(source);
  const at = (problems: readonly Problem[]): ReadManifest => ({
    manifest: EMPTY,
    problems: problems.map((one) => ({ fileName, problem: one })),
  });
  if (!root) return at([error(`Error parsing file: ${problem.problem}`, problem)]);
  if (root.name !== 'Package') return at([error(`Element ${root.name} is not Package`, root)]);
  const nameless = childrenOf(root, 'types').filter((block) => !childOf(block, 'name'));
  if (nameless.length > 0)
    return at(nameless.map((block) => error('Required field is missing: name', block)));
  return { manifest: manifestOf(root), problems: [] };
}

/** Also for the `unpackaged` element of a retrieve, which has the same form. */
export function manifestOf(root: XmlElement): Manifest {
  return {
    version: textOf(root, 'version'),
    types: childrenOf(root, 'types').map((element) => ({
      type: textOf(element, 'name'),
      // The CLI names a folder of reports `Health/` (seen 2026-11).
      members: textsOf(element, 'members').map((member) => member.replace(/\/$/, '')),
      element,
    })),
  };
}
