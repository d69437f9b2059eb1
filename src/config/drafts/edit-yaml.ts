import { isCollection, isMap, isNode, isScalar, parseDocument, visit } from 'yaml';
import type { ValuePath } from '../problems.js';

/** A value to put into a YAML text; `remark` stands with it as a comment. `undefined` takes the place out. */
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
    if (value === undefined) {
      document.deleteIn(path);
      continue;
    }
    const node = document.createNode(value);
    if (isNode(node)) onOneLine(node);
    if (remark !== null && isScalar(node)) node.comment = ` ${remark}`;
    if (remark !== null && isCollection(node)) node.commentBefore = ` ${remark}`;
    document.setIn(path, node);
  }
  return document.toString(LAYOUT);
}

/** Curves and lists are read as one thing, so they stand on one line. */
function onOneLine(node: Parameters<typeof visit>[0]): void {
  visit(node, {
    Pair: (_, { key, value }) => {
      if (isScalar(key) && key.value === 'curve' && isCollection(value)) value.flow = true;
    },
    Seq: (_, list) => {
      if (!list.items.some(isMap)) list.flow = true;
    },
  });
}
