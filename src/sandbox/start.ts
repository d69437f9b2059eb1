import type { RefusedRow } from './book/export-file.js';
import { generateBook } from './book/generate-book.js';
import { type LoadedBook, loadExport, type UndatedRows } from './book/load-export.js';
import { people } from './book/people.js';
import { type SandboxClock, startClock } from './clock.js';
import { type HubspotServer, type HubspotStart, startHubspot } from './hubspot/start.js';
import type { PortalUser } from './hubspot/store/base-contacts.js';
import { knownPeople } from './hubspot/store/known-people.js';
import { SEQUENCE_NAMES } from './hubspot/store/sequences.js';
import { type OutreachServer, type OutreachStart, startOutreach } from './outreach/start.js';
import type { OrgUser } from './outreach/store/base-prospects.js';
import { knownProspects } from './outreach/store/known-prospects.js';
import { SEQUENCE_NAMES as OUTREACH_SEQUENCE_NAMES } from './outreach/store/sequences.js';
import { type SalesforceServer, type SalesforceStart, startSalesforce } from './salesforce/start.js';
import { type Book, NO_ROWS } from './salesforce/store/base-rows.js';
import { ADMIN_USERNAME, INTEGRATION_USERNAME } from './salesforce/store/system-rows.js';

export interface SandboxStart {
  /** Generates a company with this many accounts … */
  readonly accounts?: number;
  /** … or serves this folder of CSV files, one per object … */
  readonly loadDir?: string;
  /** ISO instant at which rows of the folder that do not say so were last written; absent = when they were made. */
  readonly undatedAs?: string;
  /** … or this book. */
  readonly book?: Book;
  readonly seed: number;
  /** Salesforce listens here, HubSpot one above, Outreach two; 0 or absent = any free ports. */
  readonly port?: number;
  /** Milliseconds since 1970 that the servers' clock starts at; absent = now. */
  readonly now?: number;
  /** Rows made after the clock's time stay out of sight until it gets there. */
  readonly hideAfter?: boolean;
  /** Objects that this company does not have. */
  readonly without?: readonly string[];
  readonly dailyApiRequests?: number;
  readonly sessionMinutes?: number;
  readonly personAccounts?: boolean;
  readonly rotateRefreshTokens?: boolean;
  readonly hubspot?: Partial<HubspotStart>;
  readonly outreach?: Partial<OutreachStart>;
}

export interface Sandbox {
  readonly salesforce: SalesforceAccess;
  readonly hubspot: { readonly url: string; readonly accessToken: string };
  readonly outreach: { readonly url: string; readonly accessToken: string };
  /** What was inferred or odd in a loaded export. */
  readonly notes: readonly string[];
  /** Rows of a loaded export that could not be taken in; all others are served. */
  readonly refused: readonly RefusedRow[];
  /** Files of a loaded export with rows that do not say when they were last written. */
  readonly undated: readonly UndatedRows[];
  /** Milliseconds since 1970 at which a row of a loaded export was last made or written; null = no row says. */
  readonly newest: number | null;
  /** The servers' time, ms since 1970. */
  readonly now: () => number;
  readonly close: () => Promise<void>;
  /** The servers themselves, for tests that must do what no call can. */
  readonly servers: {
    readonly salesforce: SalesforceServer;
    readonly hubspot: HubspotServer;
    readonly outreach: OutreachServer;
  };
}

/** How to get in: the service's own way, then the administrator's. Worthless anywhere else. */
export interface SalesforceAccess {
  readonly url: string;
  readonly loginUrl: string;
  readonly username: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** A living session of the service's user. */
  readonly accessToken: string;
  readonly adminUsername: string;
  readonly adminClientId: string;
  readonly adminClientSecret: string;
  readonly adminAccessToken: string;
  /** Both users' password, for SOAP login. */
  readonly password: string;
  /** PKCS 8 PEM that signs JWT assertions for both clients. */
  readonly privateKey: string;
}

/** Starts a company's Salesforce, HubSpot and Outreach on this machine: real HTTP on loopback, the same for the same seed. */
export async function startSandbox(start: SandboxStart): Promise<Sandbox> {
  const elapsed = (): number => performance.now();
  const clock = startClock(start.now ?? Date.now(), elapsed);
  const book = withoutObjects(bookOf(start, clock.now()), start.without ?? []);
  const port = start.port ?? 0;
  const { seed } = start;
  const salesforce = await startSalesforce({ port, seed, clock, book, ...salesforceOptions(start) });
  const room: Neighbours = { start, book, clock, accessToken: `sandbox-token-${start.seed}` };
  const hubspot = await startHubspot(hubspotStart(room));
  const outreach = await startOutreach(outreachStart(room));
  return {
    salesforce: accessTo(salesforce),
    hubspot: { url: hubspot.url(), accessToken: start.hubspot?.accessToken ?? room.accessToken },
    outreach: { url: outreach.url(), accessToken: start.outreach?.accessToken ?? room.accessToken },
    notes: book.notes,
    refused: book.refused ?? [],
    undated: book.undated ?? [],
    newest: book.newest ?? null,
    now: clock.now,
    close: async () => {
      await Promise.all([salesforce.close(), hubspot.close(), outreach.close()]);
    },
    servers: { salesforce, hubspot, outreach },
  };
}

/** What the servers beside Salesforce are made of. */
interface Neighbours {
  readonly start: SandboxStart;
  readonly book: SomeBook;
  readonly clock: SandboxClock;
  readonly accessToken: string;
}

function hubspotStart({ start, book, clock, accessToken }: Neighbours): HubspotStart {
  const { seed, port = 0 } = start;
  return {
    port: port === 0 ? 0 : port + 1,
    seed,
    clock,
    accessToken,
    contacts: knownPeople(people(book), seed, SEQUENCE_NAMES.length),
    users: portalUsers(book),
    timeZone: book.timeZone,
    ...start.hubspot,
  };
}

function outreachStart({ start, book, clock, accessToken }: Neighbours): OutreachStart {
  const { seed, port = 0 } = start;
  const sequences = start.outreach?.sequences?.length ?? OUTREACH_SEQUENCE_NAMES.length;
  return {
    port: port === 0 ? 0 : port + 2,
    seed,
    clock,
    accessToken,
    prospects: knownProspects(people(book), seed, sequences),
    users: portalUsers(book).map(({ inbox, ...person }): OrgUser => ({ ...person, sendDisabled: !inbox })),
    ...start.outreach,
  };
}

/** Only a loaded book has refused and undated rows. */
type SomeBook = Book & Partial<Pick<LoadedBook, 'refused' | 'undated' | 'newest'>>;

const DEFAULT_ACCOUNTS = 500;

function bookOf(start: SandboxStart, now: number): SomeBook {
  if (start.book !== undefined) {
    return start.book;
  }
  if (start.loadDir !== undefined) {
    return loadExport(start.loadDir, start.undatedAs === undefined ? {} : { undatedAs: start.undatedAs });
  }
  const accounts = start.accounts ?? DEFAULT_ACCOUNTS;
  return generateBook({ accounts, seed: start.seed, now, without: start.without ?? [] });
}

function withoutObjects(book: SomeBook, without: readonly string[]): SomeBook {
  if (without.length === 0) {
    return book;
  }
  const left = new Set(without.map((name) => name.toLowerCase()));
  return {
    ...book,
    rows: new Map([...book.rows].filter(([name]) => !left.has(name.toLowerCase()))),
    customObjects: book.customObjects.filter((object) => !left.has(object.name.toLowerCase())),
  };
}

function salesforceOptions(start: SandboxStart): Pick<SalesforceStart, 'options' | 'rotateRefreshTokens'> {
  const { dailyApiRequests, sessionMinutes, personAccounts } = start;
  return {
    rotateRefreshTokens: start.rotateRefreshTokens === true,
    options: {
      hideAfterClock: start.hideAfter === true,
      ...(dailyApiRequests === undefined ? {} : { dailyApiRequests }),
      ...(sessionMinutes === undefined ? {} : { sessionMinutes }),
      ...(personAccounts === undefined ? {} : { personAccounts }),
    },
  };
}

function accessTo({ org, credentials, url }: SalesforceServer): SalesforceAccess {
  const [service, admin] = credentials.clients;
  const tokenFor = livingSession(org.sessions);
  return {
    url: url(),
    loginUrl: url(),
    username: INTEGRATION_USERNAME,
    clientId: service?.id ?? '',
    clientSecret: service?.secret ?? '',
    get accessToken() {
      return tokenFor(org.users.integration);
    },
    adminUsername: ADMIN_USERNAME,
    adminClientId: admin?.id ?? '',
    adminClientSecret: admin?.secret ?? '',
    get adminAccessToken() {
      return tokenFor(org.users.admin);
    },
    password: credentials.password,
    privateKey: credentials.privateKey,
  };
}

/** The clock may have moved days since: a dead session is followed by a new one. */
function livingSession(sessions: SalesforceServer['org']['sessions']): (userId: string) => string {
  const tokens = new Map<string, string>();
  return (userId) => {
    const known = tokens.get(userId);
    const token =
      known !== undefined && sessions.use(known) !== null ? known : sessions.open(userId, null).token;
    tokens.set(userId, token);
    return token;
  };
}

const MOST_USERS = 20;

/** The book's people with a login, as users of the portal; every fifth has connected no inbox. */
function portalUsers(book: Book): readonly PortalUser[] {
  const users = book.rows.get('User') ?? NO_ROWS;
  return Array.from({ length: Math.min(users.count, MOST_USERS) }, (_, index) => {
    const row = users.rowAt(index);
    return {
      email: String(row.Email ?? `user${index}@truenorth.example`),
      firstName: String(row.FirstName ?? ''),
      lastName: String(row.LastName ?? ''),
      inbox: index % 5 !== 4,
    };
  });
}
