import type { RequestHandler } from 'express';
import helmet from 'helmet';

const SELF = ["'self'"];
const NOTHING = ["'none'"];

/** What browsers are told: everything from here, nothing inline, nobody may frame us. HTTPS is insisted on only where we are reached by it. */
export function securityHeaders(https: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: NOTHING,
        scriptSrc: SELF,
        styleSrc: SELF,
        imgSrc: SELF,
        fontSrc: SELF,
        connectSrc: SELF,
        manifestSrc: SELF,
        formAction: SELF,
        frameAncestors: NOTHING,
        baseUri: NOTHING,
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    // With `no-referrer` browsers send `Origin: null` along with our own forms (Chromium 156, 2026-11).
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
}
