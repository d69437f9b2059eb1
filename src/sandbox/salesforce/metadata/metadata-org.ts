import type { Org } from '../store/org.js';
import { type ComponentStore, startComponentStore } from './deploy/component-store.js';
import { type DeployJobs, startDeployJobs } from './deploy/deploy-jobs.js';
import { type RetrieveJobs, startRetrieveJobs } from './retrieve.js';

/** The org as the Metadata API sees it. */
export interface MetadataOrg {
  readonly org: Org;
  readonly components: ComponentStore;
  readonly deploys: DeployJobs;
  readonly retrieves: RetrieveJobs;
}

export function startMetadataOrg(org: Org): MetadataOrg {
  const components = startComponentStore(org);
  return {
    org,
    components,
    deploys: startDeployJobs(org, components),
    retrieves: startRetrieveJobs(org, components),
  };
}
