import type { InstalledPart } from '../../../../ports/crm-installer.js';
import type { OrgModel } from '../../../../ports/org-model.js';
import type { Reading } from '../reading.js';
import type { Component, Element } from './element.js';
import { readHolding } from './holding.js';
import { oursAmong } from './ours.js';
import { renderModel } from './render.js';

/** What of ours an org holds, each part as lines that can be compared. */
export async function installedParts(reading: Reading, model: OrgModel): Promise<readonly InstalledPart[]> {
  const wanted = renderModel(model);
  const { components } = await readHolding(reading, model, wanted);
  return [...components.values()]
    .filter(oursAmong(wanted))
    .map((one) => ({ type: one.type, name: one.fullName, lines: [...linesOf(one)].sort() }));
}

function linesOf({ content, files }: Component): readonly string[] {
  const texts = Object.entries(files ?? {}).map(([name, text]) => `${name}: ${text}`);
  return [...texts, ...content.flatMap((one) => flat(one, ''))];
}

function flat({ name, content }: Element, path: string): readonly string[] {
  const here = path === '' ? name : `${path}.${name}`;
  if (typeof content === 'string') return [`${here}: ${content.trim()}`];
  // Entries of a list are told apart by all that they say.
  if (content.every((one) => typeof one.content === 'string'))
    return [`${here}: ${content.map((one) => `${one.name} ${String(one.content).trim()}`).join(', ')}`];
  return content.flatMap((one) => flat(one, here));
}
