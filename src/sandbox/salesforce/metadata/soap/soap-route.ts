import express, { type Request, type Response, type Router } from 'express';
import { ApiError } from '../../api-error.js';
import type { RouteRoom } from '../../routes/contract.js';
import { authenticate, countCall } from '../../routes/session-gate.js';
import type { MetadataOrg } from '../metadata-org.js';
import { readCall, renderAnswer, renderFault } from './envelope.js';
import { OPERATIONS } from './operations.js';

/** A deploy's zip comes as base64 inside the envelope: 39 MB of zip are 52 of text. */
const LARGEST_CALL = '60mb';
const RETIRED_BELOW = 31;

/** The Metadata API over SOAP. */
export function mountSoap(router: Router, room: RouteRoom, metadata: MetadataOrg): void {
  router.post(
    '/services/Soap/m/:version',
    express.text({ type: () => true, limit: LARGEST_CALL }),
    (req, res) => {
      try {
        res.type('text/xml').send(answer(req, res, { room, metadata }));
      } catch (refusal) {
        if (!(refusal instanceof ApiError)) throw refusal;
        res.status(500).type('text/xml').send(renderFault(refusal.errorCode, refusal.message));
      }
    },
  );
}

function answer(
  req: Request,
  res: Response,
  { room, metadata }: { readonly room: RouteRoom; readonly metadata: MetadataOrg },
): string {
  const call = readCall(String(req.body));
  if (typeof call === 'string') throw new ApiError(500, 'CLIENT_PARSE_ERROR', call);
  const version = Number(req.params.version);
  if (!(version >= RETIRED_BELOW)) {
    throw new ApiError(500, 'UNSUPPORTED_API_VERSION', `Invalid API version: ${req.params.version}`);
  }
  const caller = authenticate(room, req, call.sessionId);
  countCall(room, res);
  const operation = OPERATIONS.get(call.operation);
  if (!operation) {
    throw new ApiError(500, 'UNKNOWN_OPERATION', `No operation available for request ${call.operation}`);
  }
  return renderAnswer(call.operation, operation(call, { caller, metadata, version }));
}
