const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * An 18-character record id of a 15- or 18-character one; null when it is neither, or when its last three
 * characters do not fit the others: somebody changed the case of its letters.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm (ID field type)
 */
export function fullRecordId(text: string): string | null {
  if (!/^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/.test(text)) return null;
  const id = text.slice(0, 15);
  const full = id + [0, 5, 10].map((start) => checkCharacter(id.slice(start, start + 5))).join('');
  return text.length === 15 || text.toUpperCase() === full.toUpperCase() ? full : null;
}

/** Which of five characters are capitals, as one character. */
function checkCharacter(five: string): string {
  const bits = [...five].reduce((sum, one, at) => sum + (/[A-Z]/.test(one) ? 2 ** at : 0), 0);
  return ALPHABET.charAt(bits);
}
