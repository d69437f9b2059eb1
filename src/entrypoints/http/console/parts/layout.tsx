import type { ComponentChildren } from 'preact';
import { linkTo, type Visit } from './visit.js';
import { count } from './words.js';

export type Place = 'overview' | 'accounts' | 'runs' | 'plan' | 'errors' | 'playbooks' | 'what-if' | 'system';

const MENU: readonly {
  readonly place: Place;
  readonly path: string;
  readonly word: string;
  readonly icon: string;
}[] = [
  { place: 'overview', path: '', word: 'Overview', icon: 'M2 9 9 3l7 6v7h-5v-4H7v4H2Z' },
  {
    place: 'accounts',
    path: 'accounts',
    word: 'Accounts',
    icon: 'M3 16V3h7v13M10 7h5v9M5.5 6.5h2M5.5 10h2M5.5 13h2',
  },
  { place: 'runs', path: 'runs', word: 'Runs', icon: 'M15 9a6 6 0 1 1-2-4.5M15 2v4h-4' },
  { place: 'plan', path: 'plan', word: 'Plan', icon: 'M4 2h10v14H4ZM6.5 9l2 2 3.5-4' },
  { place: 'errors', path: 'errors', word: 'Errors', icon: 'M9 2 16.5 15.5h-15ZM9 7v4M9 13v.5' },
  {
    place: 'playbooks',
    path: 'playbooks',
    word: 'Playbooks',
    icon: 'M3 3h5a1 1 0 0 1 1 1v12a2 2 0 0 0-2-1H3ZM15 3h-5a1 1 0 0 0-1 1v12a2 2 0 0 1 2-1h4Z',
  },
  {
    place: 'what-if',
    path: 'what-if',
    word: 'What if',
    icon: 'M3 5h12M3 9h12M3 13h12M6 3.5v3M11 7.5v3M7 11.5v3',
  },
  { place: 'system', path: 'system', word: 'System', icon: 'M2 10h3l2-6 4 11 2-5h3' },
];

export interface PageProps {
  readonly visit: Visit;
  readonly place: Place | null;
  readonly title: string;
  /** Beside the title: buttons, a date. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A page of somebody who is logged in. */
export function Page({ visit, place, title, aside, children }: PageProps) {
  return (
    <Document title={`${title} · ${visit.org}`} base={visit.base}>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="bar">
        <a class="brand" href={linkTo(visit, '')}>
          <Sign />
          <span>Truenorth</span>
          <span class="org" dir="auto">
            {visit.org}
          </span>
        </a>
        <Menu visit={visit} place={place} />
        <form class="who" method="post" action={linkTo(visit, 'logout')}>
          <input type="hidden" name="csrf" value={visit.csrf} />
          <span class="quiet" dir="auto">
            {visit.user.name}
          </span>
          <button class="plain" type="submit">
            Log out
          </button>
        </form>
      </header>
      <main id="main" tabindex={-1}>
        <div class="title">
          <h1 dir="auto">{title}</h1>
          {aside}
        </div>
        {visit.said !== null && (
          <p class={visit.said.bad ? 'note bad' : 'note good'} role={visit.said.bad ? 'alert' : 'status'}>
            {visit.said.text}
          </p>
        )}
        {children}
      </main>
    </Document>
  );
}

function Menu({ visit, place }: Pick<PageProps, 'visit' | 'place'>) {
  const waiting: Partial<Record<Place, { readonly n: number; readonly words: string }>> = {
    plan: { n: visit.waiting.plans, words: 'waiting for approval' },
    errors: { n: visit.waiting.errors, words: 'waiting' },
  };
  return (
    <nav class="menu" aria-label="Console">
      <ul>
        {MENU.map(({ place: id, path, word, icon }) => {
          const { n = 0, words = '' } = waiting[id] ?? {};
          return (
            <li key={id}>
              <a href={linkTo(visit, path)} aria-current={id === place ? 'page' : undefined}>
                <svg class="icon" viewBox="0 0 18 18" aria-hidden="true" focusable="false">
                  <path d={icon} />
                </svg>
                {word}
                {n > 0 && (
                  <span class="count">
                    {count(n)} <span class="hidden">{words}</span>
                  </span>
                )}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

export function Sign() {
  return (
    <svg class="sign" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" />
      <path d="M16 5l6.5 21-6.5-4.6L9.5 26z" />
    </svg>
  );
}

/** The frame of every page: two files of our own, nothing from anywhere else. */
export function Document({
  title,
  base,
  children,
}: {
  readonly title: string;
  readonly base: string;
  readonly children: ComponentChildren;
}) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="htmx-config" content='{"includeIndicatorCSS":false,"history":false}' />
        <title>{title}</title>
        <link rel="icon" href={`${base}/assets/sign.svg`} type="image/svg+xml" />
        <link rel="stylesheet" href={`${base}/assets/console.css`} />
        <script src={`${base}/assets/htmx.js`} defer />
      </head>
      <body>{children}</body>
    </html>
  );
}
