import {
  type Document,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type { Problem, ValuePath } from '../problems.js';

/** A YAML text with its plain value and the place of everything in it. */
export interface WrittenFile {
  /** As the admin knows it: `config/health.yaml`. */
  readonly path: string;
  readonly value: unknown;
  /** The problem of a value; `offset` counts characters into a one-line text. */
  readonly problemAt: (path: ValuePath, message: string, offset?: number) => Problem;
  /** The problem of a key rather than of what stands behind it. */
  readonly problemAtKey: (path: ValuePath, message: string) => Problem;
}

interface Positions {
  readonly file: string;
  readonly text: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

function place(positions: Positions, offset: number | null, message: string): Problem {
  if (offset === null) return { file: positions.file, line: null, column: null, message };
  const { line, col } = positions.lines.linePos(offset);
  return { file: positions.file, line, column: col, message };
}

function startOf(node: Node | null | undefined): number | null {
  return node?.range?.[0] ?? null;
}

/** The node at a path; where it is not written, the nearest one around it. */
function nodeAt(document: Document, path: ValuePath): Node | null {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (node !== undefined && node !== null && typeof node === 'object' && 'range' in node)
      return node as Node;
  }
  return document.contents as Node | null;
}

function keyStart(document: Document, path: ValuePath): number | null {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return null;
  const pair = parent.items.find(
    (item) => isScalar(item.key) && String(item.key.value) === String(path.at(-1)),
  );
  return isScalar(pair?.key) ? startOf(pair.key) : null;
}

/** Where the characters of a one-line scalar begin; null when folding or escapes moved them. */
function textStart(positions: Positions, node: Node | null): number | null {
  const start = startOf(node);
  if (start === null || !isScalar(node) || typeof node.value !== 'string') return null;
  const quote = positions.text[start] === '"' || positions.text[start] === "'" ? 1 : 0;
  const same = positions.text.startsWith(node.value, start + quote);
  return same ? start + quote : null;
}

function problemAt(positions: Positions, path: ValuePath, message: string, offset: number): Problem {
  const node = nodeAt(positions.document, path);
  const written = path.length === 0 || positions.document.hasIn(path);
  const start = offset > 0 && written ? textStart(positions, node) : null;
  return place(positions, start === null ? startOf(node) : start + offset, message);
}

const YAML_MESSAGES: Partial<Record<YAMLError['code'], string>> = {
  DUPLICATE_KEY: 'the same key is written twice here; keep one of them',
  TAB_AS_INDENT: 'a tab is used to indent; YAML wants spaces',
  BAD_INDENT: 'this line is indented differently from its neighbours',
  MULTILINE_IMPLICIT_KEY: 'a colon or an indent is missing near here',
};

function yamlProblem(positions: Positions, error: YAMLError): Problem {
  const plain = YAML_MESSAGES[error.code] ?? error.message.split('\n')[0]?.replace(/ at line .*$/, '');
  return place(positions, error.pos[0], `this is not well-formed YAML: ${plain}`);
}

/** Aliases could make a small file huge, and a problem would have two places. */
function hasAlias(document: Document): boolean {
  let found = false;
  visit(document, {
    Alias() {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

/** Reads a YAML text. A malformed one has problems and no value. */
export function readYaml(path: string, text: string): { file: WrittenFile; problems: readonly Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const positions: Positions = { file: path, text, document, lines };
  const problems = document.errors.map((error) => yamlProblem(positions, error));
  if (hasAlias(document))
    problems.push(place(positions, 0, 'aliases (*name) are not used here; write the value out'));
  const file: WrittenFile = {
    path,
    value: problems.length > 0 ? undefined : document.toJS(),
    problemAt: (at, message, offset = 0) => problemAt(positions, at, message, offset),
    problemAtKey: (at, message) => {
      const start = keyStart(document, at);
      return start === null ? problemAt(positions, at, message, 0) : place(positions, start, message);
    },
  };
  return { file, problems };
}
