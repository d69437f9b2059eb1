import type { Caller } from '../../store/sessions.js';
import type { MetadataOrg } from '../metadata-org.js';

/** Who asks, of which org, in which version of the API. */
export interface SoapRoom {
  readonly caller: Caller;
  readonly metadata: MetadataOrg;
  readonly version: number;
}
