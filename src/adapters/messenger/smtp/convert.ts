import type { OutgoingMessage } from '../../../ports/messenger.js';

/** Plain text: sections apart, headings underlined. */
export function asText({ sections, link }: OutgoingMessage): string {
  const parts = sections.map(({ title, lines }) =>
    [...(title === null ? [] : [title, '-'.repeat(title.length)]), ...lines].join('\n'),
  );
  return `${[...parts, ...(link === null ? [] : [link])].join('\n\n')}\n`;
}

const STYLE = 'font:15px/1.5 system-ui,sans-serif;color:#1c2733;max-width:40em';

/** The same as simple HTML, without pictures, scripts or anything from elsewhere. */
export function asHtml({ sections, link }: OutgoingMessage): string {
  const parts = sections.map(({ title, lines }) => {
    const heading =
      title === null ? '' : `<h2 style="font-size:17px;margin:1.2em 0 .3em">${escaped(title)}</h2>`;
    return `${heading}${lines.map((line) => `<p style="margin:.3em 0">${escaped(line)}</p>`).join('')}`;
  });
  const foot = link === null ? '' : `<p><a href="${escaped(link)}">${escaped(link)}</a></p>`;
  return `<!doctype html><html lang="en"><body style="${STYLE}">${parts.join('')}${foot}</body></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
