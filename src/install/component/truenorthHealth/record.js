/**
 * The values of a record as the wire hands it out, by our words. A field that the reader may not see is left out of the
 * record, and so here; a field that is empty is null.
 */
export function readRecord(record, names) {
  const seen = Object.entries(names).filter(([, field]) => record.fields[field] !== undefined);
  return Object.fromEntries(seen.map(([name, field]) => [name, record.fields[field].value ?? null]));
}

/** What the platform says of an error: a sentence, or an empty text. */
export function errorText(error) {
  const body = Array.isArray(error?.body) ? error.body[0] : error?.body;
  return body?.message ?? error?.message ?? '';
}

/** True when the record itself may not be seen, or is gone for this reader. */
export function isWithheld(error) {
  return error?.status === 403 || error?.status === 404;
}
