import { openSqlState } from '../../../../src/adapters/state/sql/index.js';
import { stateStoreContract } from '../../../contracts/state-store.js';
import { silentLog } from './silent-log.js';

stateStoreContract('sql', () => openSqlState({ kind: 'sqlite', file: ':memory:' }, silentLog));
