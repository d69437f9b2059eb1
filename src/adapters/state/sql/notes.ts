import type { NoteStore } from '../../../ports/state-store.js';
import type { StateClient } from './client.js';
import { toJson } from './convert.js';

export function noteStore(client: StateClient): NoteStore {
  return {
    get: (name) =>
      client.read('notes.get', async (db) => {
        const row = await db.selectFrom('notes').select('value').where('name', '=', name).executeTakeFirst();
        return row ? JSON.parse(row.value) : null;
      }),
    set: (name, value) =>
      client.write('notes.set', async (db) => {
        const note = { value: toJson(value) };
        await db
          .insertInto('notes')
          .values({ name, ...note })
          .onConflict((conflict) => conflict.column('name').doUpdateSet(note))
          .execute();
      }),
    remove: (name) =>
      client.write('notes.remove', async (db) => {
        await db.deleteFrom('notes').where('name', '=', name).execute();
      }),
  };
}
