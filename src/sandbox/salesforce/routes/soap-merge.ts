import type { Request, Response } from 'express';
import { ApiError } from '../api-error.js';
import { mergeRecords } from '../merge.js';
import type { RouteRoom } from './contract.js';
import { authenticate, countCall } from './session-gate.js';
import { fault, textOf, textsOf } from './soap.js';

/** `merge` of the partner API: one request, a master and up to two losers. */
export function mergeBySoap(req: Request, res: Response, room: RouteRoom): void {
  const xml = String(req.body);
  try {
    const caller = authenticate(room, req, textOf(xml, 'sessionId'));
    countCall(room, res);
    const master = textOf(xml, 'Id');
    const merge = { object: textOf(xml, 'type'), master, losers: textsOf(xml, 'recordToMergeIds') };
    const moved = mergeRecords(room.org, merge, {
      userId: caller.session.userId,
      origin: caller.origin,
    });
    const merged = textsOf(xml, 'recordToMergeIds').map((id) => `<mergedRecordIds>${id}</mergedRecordIds>`);
    const updated = moved.map((id) => `<updatedRelatedIds>${id}</updatedRelatedIds>`);
    res.send(
      '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
        'xmlns="urn:partner.soap.sforce.com"><soapenv:Body><mergeResponse><result>' +
        `<id>${master}</id>${merged.join('')}<success>true</success>${updated.join('')}` +
        '</result></mergeResponse></soapenv:Body></soapenv:Envelope>',
    );
  } catch (error) {
    const known = error instanceof ApiError ? error : new ApiError(500, 'UNKNOWN_EXCEPTION', String(error));
    res.status(500).send(fault(`sf:${known.errorCode}`, `${known.errorCode}: ${known.message}`));
  }
}
