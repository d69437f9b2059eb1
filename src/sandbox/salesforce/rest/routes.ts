import { COLLECTION_ROUTES } from './collections.js';
import { COMPOSITE_ROUTES } from './composite.js';
import type { RestRoute } from './contract.js';
import type { CursorStore } from './cursors.js';
import { DESCRIBE_ROUTES } from './describe.js';
import { LIMIT_ROUTES } from './limits.js';
import { queryRoutes } from './query.js';
import { REPLICATION_ROUTES } from './replication.js';
import { RESOURCE_ROUTES } from './resources.js';
import { SOBJECT_ROUTES } from './sobjects.js';
import { TREE_ROUTES } from './tree.js';

/** Every REST resource; fixed names stand before parameters in the same place. */
export function restRoutes(cursors: CursorStore): readonly RestRoute[] {
  return [
    ...RESOURCE_ROUTES,
    ...queryRoutes(cursors),
    ...LIMIT_ROUTES,
    ...REPLICATION_ROUTES,
    ...DESCRIBE_ROUTES,
    ...SOBJECT_ROUTES,
    ...TREE_ROUTES,
    ...COMPOSITE_ROUTES,
    ...COLLECTION_ROUTES,
  ];
}
