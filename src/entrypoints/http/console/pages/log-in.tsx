import { Document, Sign } from '../parts/layout.js';

interface Props {
  readonly org: string;
  readonly base: string;
  /** Why the last try failed, in one sentence; null at first. */
  readonly failure: string | null;
}

/** The only page for those who are not logged in. */
export function LogIn({ org, base, failure }: Props) {
  return (
    <Document title={`Log in · ${org}`} base={base}>
      <main id="main" class="log-in">
        <div class="brand">
          <Sign />
          <h1>Truenorth</h1>
        </div>
        <p class="quiet" dir="auto">
          {org}
        </p>
        {failure !== null && (
          <p class="note bad" role="alert" id="failure">
            {failure}
          </p>
        )}
        <form method="post" action={`${base}/login`}>
          <label class="field">
            <span>Name</span>
            <input
              name="name"
              autocomplete="username"
              autocapitalize="none"
              spellcheck={false}
              required
              aria-describedby={failure === null ? undefined : 'failure'}
            />
          </label>
          <label class="field">
            <span>Password</span>
            <input name="password" type="password" autocomplete="current-password" required />
          </label>
          <button type="submit" class="main">
            Log in
          </button>
        </form>
        <p class="quiet">
          No name yet? <code>truenorth users add NAME</code> on the machine of the service makes one.
        </p>
      </main>
    </Document>
  );
}
