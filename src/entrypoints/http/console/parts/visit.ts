import type { ConsoleUser } from '../../../../ports/service-store.js';

/** What every page knows of the request that it answers. */
export interface Visit {
  /** Short name of the org. */
  readonly org: string;
  /** Path under which the console of this org is mounted; empty for `/`. */
  readonly base: string;
  readonly user: { readonly name: string; readonly scope: ConsoleUser['scope'] };
  /** Goes along with every form; a form without it is refused. */
  readonly csrf: string;
  /** What waits for somebody, shown beside the menu. */
  readonly waiting: Waiting;
  /** What has just been done, said once on top of the page; null = nothing. */
  readonly said: Said | null;
}

export interface Waiting {
  /** Plans that a brake holds. */
  readonly plans: number;
  /** Refused records. */
  readonly errors: number;
}

export interface Said {
  readonly text: string;
  readonly bad: boolean;
}

/** A path of the console as a link. `parts` are put in as data, whatever they hold. */
export function linkTo({ base }: Pick<Visit, 'base'>, path: string, ...parts: readonly string[]): string {
  return [`${base}/${path}`, ...parts.map(encodeURIComponent)].join('/');
}

/** The same with a query; what is null or empty is left out. */
export function linkWith(link: string, query: Readonly<Record<string, string | number | null>>): string {
  const said = Object.entries(query).filter(([, value]) => value !== null && value !== '');
  const text = new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? link : `${link}?${text}`;
}

/** People who may only look are shown no buttons. */
export function mayWrite({ user }: Pick<Visit, 'user'>): boolean {
  return user.scope !== 'read';
}
