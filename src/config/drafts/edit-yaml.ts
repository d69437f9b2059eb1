import { isScalar, parseDocument } from 'yaml';
import type { ValuePath } from '../problems.js';

/** A value to put into a YAML text; `remark` stands behind it as a comment. */
export interface YamlEdit {
  readonly path: ValuePath;
  readonly value: unknown;
  readonly remark: string | null;
}

const LAYOUT = { lineWidth: 0, flowCollectionPadding: true } as const;

/** The text with some values replaced; comments, order and all else stay. */
export function editYaml(text: string, edits: readonly YamlEdit[]): string {
  const document = parseDocument(text);
  for (const { path, value, remark } of edits) {
    const node = document.createNode(value);
    if (remark !== null && isScalar(node)) node.comment = ` ${remark}`;
    document.setIn(path, node);
  }
  return document.toString(LAYOUT);
}
