import type { Migrations } from '../../database/migrate.js';
import { firstSchema } from './migrations/001-first-schema.js';
import { lookUps } from './migrations/002-look-ups.js';
import { episodesAndPersons } from './migrations/003-episodes-and-persons.js';
import { published } from './migrations/004-published.js';
import { pulseRows } from './migrations/005-pulse-rows.js';
import { standings } from './migrations/006-standings.js';
import { runPieces } from './migrations/007-run-pieces.js';
import { forgottenPersons } from './migrations/008-forgotten.js';
import { standingOrders } from './migrations/009-standing-orders.js';
import type { StateTables } from './schema.js';

export const STATE_MIGRATIONS: Migrations<StateTables> = {
  versions: 'schema_versions',
  list: [
    firstSchema,
    lookUps,
    episodesAndPersons,
    published,
    pulseRows,
    standings,
    runPieces,
    forgottenPersons,
    standingOrders,
  ],
};
