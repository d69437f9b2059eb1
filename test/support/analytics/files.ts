import type { AnalyticsFile, Piece } from '../../../src/adapters/crm/salesforce/metadata/analytics-file.js';
import { xmlFile } from '../../../src/adapters/crm/salesforce/metadata/element.js';
import { renderAnalytics } from '../../../src/adapters/crm/salesforce/metadata/render-analytics.js';
import type { XmlElement } from '../../../src/sandbox/salesforce/metadata/xml/element.js';
import { parseXml } from '../../../src/sandbox/salesforce/metadata/xml/parse.js';
import { MODEL } from './our-org.js';

/** `Report Truenorth_Reports/Churn_by_month` -> its file as text. */
export const TEXTS: ReadonlyMap<string, string> = new Map(
  renderAnalytics(MODEL).map(({ type, fullName, content }) => [
    `${type} ${fullName}`,
    xmlFile(type, content),
  ]),
);

export function readAll(texts: ReadonlyMap<string, string>): readonly AnalyticsFile[] {
  return [...texts].map(([key, text]) => {
    const [type = '', fullName = ''] = key.split(' ');
    return { file: key, type, fullName, content: contentOf(text) };
  });
}

const read = new Map<string, readonly Piece[]>();

/** The same text is read once. */
function contentOf(text: string): readonly Piece[] {
  const known = read.get(text);
  if (known !== undefined) return known;
  const content = (parseXml(text).root?.children ?? []).map(pieceOf);
  read.set(text, content);
  return content;
}

function pieceOf({ name, text, children, line }: XmlElement): Piece {
  return { name, line, content: children.length > 0 ? children.map(pieceOf) : text };
}

/** All files, with the first match of a pattern in one of them put otherwise. */
export function changed(key: string, from: string | RegExp, to: string): ReadonlyMap<string, string> {
  const text = TEXTS.get(key) ?? '';
  const broken = text.replace(from, to);
  if (broken === text) throw new Error(`${String(from)} is not in ${key}`);
  return new Map([...TEXTS, [key, broken]]);
}
