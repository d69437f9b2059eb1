import { openMemoryServiceStore } from '../../../../src/adapters/state/memory/service-store.js';
import { serviceStoreContract } from '../../../contracts/service-store.js';

serviceStoreContract('memory', async () => openMemoryServiceStore());
