import type { MountRoutes } from '../routes/contract.js';
import { startMetadataOrg } from './metadata-org.js';
import { mountDeployRequest } from './rest/deploy-request.js';
import { mountSoap } from './soap/soap-route.js';
import { mountTooling } from './tooling/tooling-routes.js';

/** Metadata API (SOAP and REST) and Tooling API: what changes the shape of the org. */
export const mountMetadata: MountRoutes = (router, room) => {
  const metadata = startMetadataOrg(room.org);
  mountSoap(router, room, metadata);
  mountDeployRequest(router, room, metadata);
  mountTooling(router, room, metadata);
};
