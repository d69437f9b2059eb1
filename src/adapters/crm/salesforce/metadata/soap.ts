import { strFromU8, unzipSync } from 'fflate';
import { salesforceError } from '../errors.js';
import type { Reading } from '../reading.js';
import {
  type Component,
  childrenOf,
  type Element,
  element,
  escapeXml,
  NAMESPACE,
  textOf,
} from './element.js';
import { manifestContent } from './package-zip.js';
import { type ReadElement, readXml } from './read-xml.js';

type Name = Pick<Component, 'type' | 'fullName'>;

/** The platform answers three questions in one call. */
const QUESTIONS_TOGETHER = 3;

/** Which components of these types the org holds, by name; a type kept in folders is asked folder by folder. */
export async function listComponents(
  reading: Reading,
  asked: readonly { readonly type: string; readonly folder: string | null }[],
): Promise<readonly Name[]> {
  const found: Name[] = [];
  for (let at = 0; at < asked.length; at += QUESTIONS_TOGETHER) {
    const queries = asked
      .slice(at, at + QUESTIONS_TOGETHER)
      .map(({ type, folder }) =>
        element('queries', [...(folder === null ? [] : [element('folder', folder)]), element('type', type)]),
      );
    const body = [...queries, element('asOfVersion', reading.apiVersion)];
    const results = await call(reading, 'listMetadata', body);
    found.push(...results.map((one) => ({ type: textOf(one, 'type'), fullName: textOf(one, 'fullName') })));
  }
  return found;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
const PATIENCE_MS = 600_000;

/** Files of a package with the named components, path -> text; what does not exist is left out. */
export async function retrieveFiles(
  reading: Reading,
  names: readonly Name[],
): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map();
  const request = element('retrieveRequest', [
    element('apiVersion', reading.apiVersion),
    element('singlePackage', true),
    element('unpackaged', manifestContent(names, reading.apiVersion)),
  ]);
  const [started] = await call(reading, 'retrieve', [request]);
  const id = started === undefined ? '' : textOf(started, 'id');
  const done = await awaitRetrieve(reading, id);
  const zip = Buffer.from(textOf(done, 'zipFile'), 'base64');
  return new Map(Object.entries(unzipSync(zip)).map(([path, bytes]) => [path, strFromU8(bytes)]));
}

async function awaitRetrieve(reading: Reading, id: string): Promise<Element> {
  let wait = FIRST_WAIT_MS;
  for (let waited = 0; waited < PATIENCE_MS; waited += wait) {
    const [status] = await call(reading, 'checkRetrieveStatus', [
      element('asyncProcessId', id),
      element('includeZip', true),
    ]);
    if (status !== undefined && textOf(status, 'done') === 'true') {
      if (textOf(status, 'success') === 'true') return status;
      throw salesforceError('SF_INSTALL_REFUSED', {
        operation: 'retrieve',
        message: `Salesforce did not say what it holds of ours: ${textOf(status, 'errorMessage')}`,
      });
    }
    await reading.clock.sleep(wait);
    wait = Math.min(LONGEST_WAIT_MS, wait * 2);
  }
  const message = `The retrieve ${id} has not ended within ten minutes.`;
  throw salesforceError('SF_JOB_TOO_SLOW', { operation: 'retrieve', message });
}

async function call(
  reading: Reading,
  operation: string,
  body: readonly Element[],
): Promise<readonly ReadElement[]> {
  const answer = await reading.client.soap(
    {
      kind: operation === 'checkRetrieveStatus' ? 'poll' : 'metadata',
      operation,
      method: 'POST',
      path: `/services/Soap/m/${reading.apiVersion}`,
      headers: { 'content-type': 'text/xml; charset=UTF-8', soapaction: '""' },
      repeatable: true,
    },
    (sessionId) => envelope(operation, sessionId, body),
  );
  const read = readXml(answer.text);
  if (!('root' in read)) throw unreadable(operation);
  const [outer] = childrenOf(read.root, 'Body');
  const [response] = outer === undefined ? [] : childrenOf(outer, `${operation}Response`);
  if (response === undefined) throw unreadable(operation);
  return childrenOf(response, 'result') as readonly ReadElement[];
}

function unreadable(operation: string): Error {
  return salesforceError('SF_UNEXPECTED', {
    operation,
    message: `Salesforce's answer to "${operation}" could not be read.`,
  });
}

function envelope(operation: string, sessionId: string, body: readonly Element[]): string {
  const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
  const header = `<SessionHeader xmlns="${NAMESPACE}"><sessionId>${escapeXml(sessionId)}</sessionId></SessionHeader>`;
  const inner = `<${operation} xmlns="${NAMESPACE}">${body.map(written).join('')}</${operation}>`;
  return `<?xml version="1.0" encoding="UTF-8"?><env:Envelope xmlns:env="${soap}"><env:Header>${header}</env:Header><env:Body>${inner}</env:Body></env:Envelope>`;
}

function written({ name, content }: Element): string {
  const inner = typeof content === 'string' ? escapeXml(content) : content.map(written).join('');
  return `<${name}>${inner}</${name}>`;
}
