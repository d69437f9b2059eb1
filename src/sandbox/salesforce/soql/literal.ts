const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The text of a quoted SOQL string: quotes off, escapes resolved. */
export function unquote(literal: string): string {
  return inner(literal).replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (_all, code: string) => resolveEscape(code));
}

function inner(literal: string): string {
  return literal.length > 1 && literal.startsWith("'") && literal.endsWith("'")
    ? literal.slice(1, -1)
    : literal;
}

function resolveEscape(code: string): string {
  return code.length === 5
    ? String.fromCharCode(Number.parseInt(code.slice(1), 16))
    : (ESCAPES[code.toLowerCase()] ?? code);
}

/** A LIKE pattern as a test in any case: `%` any text, `_` one character, both literal behind a backslash. */
export function likeTest(literal: string): (text: string) => boolean {
  let source = '';
  for (const [part] of inner(literal).matchAll(/\\u[0-9a-fA-F]{4}|\\[\s\S]|[\s\S]/g)) {
    if (part === '%') {
      source += '[\\s\\S]*';
    } else if (part === '_') {
      source += '[\\s\\S]';
    } else {
      const text = part.startsWith('\\') && part.length > 1 ? resolveEscape(part.slice(1)) : part;
      source += text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    }
  }
  const pattern = new RegExp(`^${source}$`, 'i');
  return (text) => pattern.test(text);
}
