import { childOf, findElement, textOf, type XmlElement } from '../xml/element.js';
import { parseXml } from '../xml/parse.js';
import { escapeXml, METADATA_NAMESPACE, renderValue, type SoapValue } from '../xml/render.js';

/** A SOAP call as read, whatever prefixes its client likes. */
export interface SoapCall {
  readonly sessionId: string | null;
  /** `deploy`, `checkDeployStatus` … */
  readonly operation: string;
  readonly body: XmlElement;
  readonly allOrNone: boolean;
}

/** The call in an envelope, or what is wrong with it. */
export function readCall(source: string): SoapCall | string {
  const { root, problem } = parseXml(source);
  if (!root) return problem.problem;
  const body = root.name === 'Envelope' ? childOf(root, 'Body') : undefined;
  const operation = body?.children[0];
  if (!operation) return 'no operation found in the SOAP body';
  const header = childOf(root, 'Header');
  const session = header ? findElement(header, 'sessionId') : undefined;
  const allOrNone = header ? findElement(header, 'AllOrNoneHeader') : undefined;
  return {
    sessionId: session?.text.trim() ?? null,
    operation: operation.name,
    body: operation,
    allOrNone: allOrNone !== undefined && textOf(allOrNone, 'allOrNone') === 'true',
  };
}

const ENVELOPE =
  '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
  ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** An answer: `<deployResponse><result>…</result></deployResponse>`. */
export function renderAnswer(operation: string, result: SoapValue): string {
  const inner = renderValue('result', result);
  return envelope(` xmlns="${METADATA_NAMESPACE}"`, `<${operation}Response>${inner}</${operation}Response>`);
}

/** A refusal; its code stands in the `sf` namespace, which clients look for. */
export function renderFault(code: string, message: string): string {
  const fault = `<faultcode>sf:${escapeXml(code)}</faultcode><faultstring>${escapeXml(`${code}: ${message}`)}</faultstring>`;
  return envelope(` xmlns:sf="${METADATA_NAMESPACE}"`, `<soapenv:Fault>${fault}</soapenv:Fault>`);
}

function envelope(namespaces: string, body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${ENVELOPE}${namespaces}><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
}
