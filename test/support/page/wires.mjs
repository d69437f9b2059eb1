/**
 * Answers the wires as the platform would, from plain rows: an account `{ Field__c: value }` and its snapshots. A field
 * that is not in the row is one that the reader may not see, and is left out without an error.
 */
export function answersFrom({ account, snapshots }) {
  const answers = {
    getRecord: ({ recordId, optionalFields }) =>
      uiRecord('Account', { id: recordId, row: account, fields: optionalFields }),
    getRelatedListRecords: ({ optionalFields, sortBy, pageSize }) => ({
      records: sorted(snapshots, sortBy[0])
        .slice(0, pageSize)
        .map((row, at) =>
          uiRecord('Health_Snapshot__c', { id: `snapshot-${at}`, row, fields: optionalFields }),
        ),
    }),
  };
  return (name, config) => ({ data: answers[name](config) });
}

function uiRecord(apiName, { id, row, fields }) {
  const seen = fields.map((path) => fieldOf(apiName, path)).filter((name) => name in row);
  return {
    apiName,
    id,
    fields: Object.fromEntries(seen.map((name) => [name, { value: row[name], displayValue: null }])),
  };
}

function fieldOf(apiName, path) {
  const [object, name] = path.split('.');
  if (object !== apiName || !name) throw new Error(`${path} does not name a field of ${apiName}`);
  return name;
}

function sorted(rows, by) {
  const down = by.startsWith('-');
  const name = fieldOf('Health_Snapshot__c', by.replace('-', ''));
  const order = [...rows].sort((a, b) => String(a[name]).localeCompare(String(b[name])));
  return down ? order.reverse() : order;
}
