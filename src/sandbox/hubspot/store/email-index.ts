const EMPTY = -1;

/**
 * Address -> first row that carries it, for books whose addresses can't be computed backwards: an
 * open-addressed table of row numbers, built at the first question, about 12 bytes a row.
 */
export function indexByEmail(count: number, emailAt: (index: number) => string): (email: string) => number {
  let table: Int32Array | null = null;
  return (email) => {
    table ??= build(count, emailAt);
    const wanted = email.trim().toLowerCase();
    return wanted === '' ? -1 : (table[slotOf(table, wanted, emailAt)] ?? EMPTY);
  };
}

function build(count: number, emailAt: (index: number) => string): Int32Array {
  const table = new Int32Array(nextPowerOfTwo(Math.max(8, count * 2))).fill(EMPTY);
  for (let index = 0; index < count; index += 1) {
    const email = emailAt(index).trim().toLowerCase();
    if (email === '') continue;
    const slot = slotOf(table, email, emailAt);
    if (table[slot] === EMPTY) table[slot] = index;
  }
  return table;
}

/** The slot that holds the address, or the empty one where it would go. */
function slotOf(table: Int32Array, email: string, emailAt: (index: number) => string): number {
  const mask = table.length - 1;
  let slot = hash(email) & mask;
  for (;;) {
    const row = table[slot] ?? EMPTY;
    if (row === EMPTY || emailAt(row).trim().toLowerCase() === email) return slot;
    slot = (slot + 1) & mask;
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  return h >>> 0;
}

function nextPowerOfTwo(least: number): number {
  return 2 ** Math.ceil(Math.log2(least));
}
