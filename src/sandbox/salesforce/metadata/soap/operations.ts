import type { SoapValue } from '../xml/render.js';
import { CRUD } from './crud.js';
import { cancelDeploy, checkDeployStatus, deploy, deployRecentValidation } from './deploy.js';
import { describeMetadata, listMetadata } from './describe.js';
import type { SoapCall } from './envelope.js';
import { checkRetrieveStatus, retrieve } from './retrieve.js';
import type { SoapRoom } from './room.js';

export type Operation = (call: SoapCall, room: SoapRoom) => SoapValue;

/** What the Metadata API can be asked over SOAP. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['deploy', deploy],
  ['checkDeployStatus', checkDeployStatus],
  ['cancelDeploy', cancelDeploy],
  ['deployRecentValidation', deployRecentValidation],
  ['retrieve', retrieve],
  ['checkRetrieveStatus', checkRetrieveStatus],
  ['describeMetadata', describeMetadata],
  ['listMetadata', listMetadata],
  ...CRUD,
]);
