import { ApiError } from '../../api-error.js';
import { manifestOf } from '../deploy/archive.js';
import { usernameOf } from '../deploy/username.js';
import { isDeployed } from '../inventory.js';
import { childOf, isTrue, textOf } from '../xml/element.js';
import type { SoapValue } from '../xml/render.js';
import { filePropertiesOf } from './describe.js';
import type { SoapCall } from './envelope.js';
import type { SoapRoom } from './room.js';

/** jsforce and the CLI name the argument `request`, the WSDL `retrieveRequest` (seen 2026-11). */
export function retrieve({ body }: SoapCall, { metadata }: SoapRoom): SoapValue {
  const request = childOf(body, 'request') ?? childOf(body, 'retrieveRequest') ?? body;
  const unpackaged = childOf(request, 'unpackaged');
  if (!unpackaged)
    throw new ApiError(400, 'INVALID_REQUEST', 'Only unpackaged components can be retrieved here');
  const manifest = manifestOf(unpackaged);
  const version = manifest.version || textOf(request, 'apiVersion');
  const job = metadata.retrieves.start({ ...manifest, version }, isTrue(request, 'singlePackage'));
  return { done: false, id: job.id, state: 'Queued' };
}

export function checkRetrieveStatus({ body }: SoapCall, room: SoapRoom): SoapValue {
  const { metadata } = room;
  const id = textOf(body, 'asyncProcessId');
  const job = metadata.retrieves.find(id);
  if (!job) throw new ApiError(404, 'INVALID_ID_FIELD', `no retrieve with id: ${id}`);
  return {
    done: true,
    fileProperties: job.components.filter(isDeployed).map((one) => filePropertiesOf(one, room)),
    id: job.id,
    messages: job.missing.map(({ type, fullName }) => ({
      fileName: 'unpackaged/package.xml',
      problem: `Entity of type '${type}' named '${fullName}' cannot be found`,
    })),
    status: 'Succeeded',
    success: true,
    zipFile: Buffer.from(job.zip).toString('base64'),
    createdByName: usernameOf(metadata.org, room.caller.session.userId),
  };
}
