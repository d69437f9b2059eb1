import express, { type Response, type Router } from 'express';
import type { Credentials } from '../credentials.js';
import type { RouteRoom } from './contract.js';
import { escapeXml, fault, textOf } from './soap.js';
import { mergeBySoap } from './soap-merge.js';

/** The partner SOAP API as far as clients use it beside REST: login (until v64), logout, merge. */
export function mountPartnerSoap(router: Router, room: RouteRoom, credentials: Credentials): void {
  const text = express.text({ type: () => true, limit: '10mb' });
  const paths = ['/services/Soap/u/:version', '/services/Soap/u/:version/:org', '/services/Soap/c/:version'];
  router.post(paths, text, (req, res) => {
    const xml = String(req.body);
    res.type('text/xml');
    if (/<(?:\w+:)?login[\s>]/.test(xml)) {
      login(res, room, { credentials, xml, version: Number(req.params.version) });
    } else if (/<(?:\w+:)?logout[\s/>]/.test(xml)) {
      room.org.sessions.end(textOf(xml, 'sessionId'));
      res.send(envelope('<logoutResponse/>'));
    } else if (/<(?:\w+:)?merge[\s>]/.test(xml)) {
      mergeBySoap(req, res, room);
    } else {
      res.status(500).send(fault('sf:UNKNOWN_EXCEPTION', 'UNKNOWN_EXCEPTION: this call is not served here'));
    }
  });
}

interface Login {
  readonly credentials: Credentials;
  readonly xml: string;
  readonly version: number;
}

function login(res: Response, room: RouteRoom, { credentials, xml, version }: Login): void {
  if (version >= 65) {
    // Gone since API v65 (facts §1.3).
    res
      .status(500)
      .send(
        fault(
          'sf:UNSUPPORTED_API_VERSION',
          'UNSUPPORTED_API_VERSION: login() is not supported in this version',
        ),
      );
    return;
  }
  const userId = credentials.userOf({ username: textOf(xml, 'username'), password: textOf(xml, 'password') });
  if (userId === null) {
    const reason = 'INVALID_LOGIN: Invalid username, password, security token; or user locked out.';
    res.status(500).send(fault('sf:INVALID_LOGIN', reason));
    return;
  }
  const session = room.org.sessions.open(userId, null);
  const url = room.loopback.url();
  const user = room.org.table('User').get(userId);
  res.send(
    envelope(
      `<loginResponse><result><metadataServerUrl>${url}/services/Soap/m/${version}.0/${room.org.id}</metadataServerUrl>` +
        `<passwordExpired>false</passwordExpired><sandbox>true</sandbox>` +
        `<serverUrl>${url}/services/Soap/u/${version}.0/${room.org.id}</serverUrl>` +
        `<sessionId>${session.token}</sessionId><userId>${userId}</userId>` +
        `<userInfo><organizationId>${room.org.id}</organizationId><userId>${userId}</userId>` +
        `<userName>${escapeXml(String(user?.Username))}</userName></userInfo></result></loginResponse>`,
    ),
  );
}

function envelope(body: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
    `xmlns="urn:partner.soap.sforce.com"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  );
}
