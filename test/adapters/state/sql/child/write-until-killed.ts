import { openSqlState } from '../../../../../src/adapters/state/sql/index.js';
import {
  aLedgerEntry,
  anAccount,
  anAssessment,
  anEntry,
  anEpisode,
  anItem,
  TODAY,
} from '../../../../contracts/state-store/builders.js';
import { silentLog } from '../silent-log.js';

/** Writes round after round and says on stdout which rounds were confirmed. Ends only by being killed. */
const store = await openSqlState(JSON.parse(String(process.argv[2])), silentLog);
for (let round = 0; ; round += 1) {
  const ids = Array.from({ length: 50 }, (_, n) => `${round}-${n}`);
  await store.rows.save(
    'account',
    ids.map((id) => anAccount(id)),
  );
  await store.assessments.save({
    assessments: ids.map((id) => anAssessment(id)),
    history: ids.map((id) => anEntry(id)),
    candidates: [],
    episodes: ids.map((id) => anEpisode(id, { account: id })),
    run: 'r1',
    day: TODAY,
  });
  await store.plan.add(
    'r1',
    ids.map((_, n) => anItem(round * 50 + n)),
  );
  await store.ledger.write(ids.map((id) => aLedgerEntry(id)));
  process.stdout.write(`${round}\n`);
}
