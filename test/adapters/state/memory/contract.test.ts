import { openMemoryState } from '../../../../src/adapters/state/memory/index.js';
import { stateStoreContract } from '../../../contracts/state-store.js';

stateStoreContract('memory', async () => openMemoryState());
