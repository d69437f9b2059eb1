import type { OutgoingMessage } from '../../../ports/messenger.js';

/** Longer texts are cut by some chats and refused by others. */
const LONGEST = 3_500;

/** Text with bold headings. What stands between < and > would be a mention or a link: it is shown as it is written. */
export function asChatText({ subject, sections, link }: OutgoingMessage): string {
  const parts = sections.flatMap(({ title, lines }) => [
    ...(title === null ? [] : [`*${escaped(title)}*`]),
    ...lines.map(escaped),
  ]);
  const text = [`*${escaped(subject)}*`, ...parts].join('\n');
  const foot = link === null ? '' : `\n${link}`;
  return text.length <= LONGEST ? `${text}${foot}` : `${text.slice(0, LONGEST)}…${foot}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
