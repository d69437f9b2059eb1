import { strToU8, zipSync } from 'fflate';
import { Connection } from 'jsforce';
import { startClock } from '../../../../src/sandbox/clock.js';
import { startLoopback } from '../../../../src/sandbox/http/loopback.js';
import { mountMetadata } from '../../../../src/sandbox/salesforce/metadata/index.js';
import { answerError } from '../../../../src/sandbox/salesforce/routes/answers.js';
import type { Book } from '../../../../src/sandbox/salesforce/store/base-rows.js';
import type { Org } from '../../../../src/sandbox/salesforce/store/org.js';
import { startOrg } from '../../../../src/sandbox/salesforce/store/start-org.js';

export interface MetadataServer {
  readonly org: Org;
  readonly url: string;
  readonly token: string;
  /** The real client, logged in as the administrator. */
  readonly client: Connection;
  readonly close: () => Promise<void>;
}

export const EMPTY_BOOK: Book = {
  rows: new Map(),
  customObjects: [],
  customFields: new Map(),
  notes: [],
  orgName: 'Metadata Test',
  timeZone: 'Europe/Vienna',
  currency: 'EUR',
  multiCurrency: false,
};

/** An org over HTTP with nothing but its metadata side. */
export async function startMetadataServer(book: Book = EMPTY_BOOK): Promise<MetadataServer> {
  const clock = startClock(Date.parse('2026-03-01T09:00:00Z'), () => performance.now());
  const org = startOrg({ seed: 7, clock, book });
  const loopback = await startLoopback({
    port: 0,
    clock,
    seed: 7,
    kindOf: (method) => method,
    faultBody: () => '',
    mount: (app, room) => {
      mountMetadata(app, { org, loopback: room });
      app.use(answerError);
    },
  });
  const url = loopback.url();
  const token = org.sessions.open(org.users.admin, null).token;
  const client = new Connection({ instanceUrl: url, accessToken: token, version: '62.0' });
  client.metadata.pollInterval = 5;
  return { org, url, token, client, close: loopback.close };
}

/** A zip of these files, with a package.xml that names these members. */
export function aPackage(
  members: Readonly<Record<string, readonly string[]>>,
  files: Readonly<Record<string, string>>,
): Buffer {
  const entries = Object.entries({ 'package.xml': packageXml(members), ...files });
  return Buffer.from(zipSync(Object.fromEntries(entries.map(([path, text]) => [path, strToU8(text)]))));
}

export function packageXml(members: Readonly<Record<string, readonly string[]>>): string {
  const types = Object.entries(members).map(
    ([type, names]) =>
      `<types>${names.map((name) => `<members>${name}</members>`).join('')}<name>${type}</name></types>`,
  );
  return metadataFile('Package', `${types.join('')}<version>62.0</version>`);
}

export function metadataFile(root: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://soap.sforce.com/2006/04/metadata">\n${content}\n</${root}>\n`;
}

/** An object file that holds these fields, each as the inside of its element. */
export function objectWith(...fields: readonly string[]): string {
  return metadataFile('CustomObject', fields.map((field) => `    <fields>${field}</fields>`).join('\n'));
}

export const SCORE =
  '<fullName>Score__c</fullName><label>Score</label><precision>5</precision><scale>1</scale><type>Number</type>';

/** Deploys with the real client and waits for the result, details included. */
export async function deploy(
  { client }: MetadataServer,
  zip: Buffer,
  options: { readonly rollbackOnError?: boolean; readonly checkOnly?: boolean } = {},
) {
  const started = client.metadata.deploy(zip, { rollbackOnError: true, singlePackage: true, ...options });
  return started.complete(true);
}
