import type { SystemView } from '../../../../service/views/system.js';
import { Ago, Moment } from './moment.js';
import { Scroll } from './scroll.js';

/** Who may do what; for administrators. */
export function AccessLists({
  access: { tokens, users },
  now,
}: {
  readonly access: NonNullable<SystemView['access']>;
  readonly now: number;
}) {
  return (
    <div class="columns">
      <section class="card" aria-labelledby="tokens">
        <h2 id="tokens">API tokens</h2>
        {tokens.length === 0 ? (
          <p class="quiet">
            None. <code>truenorth tokens create --name NAME --scope read</code> makes one.
          </p>
        ) : (
          <table>
            <caption class="hidden">API tokens</caption>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Scope</th>
                <th scope="col">Last used</th>
              </tr>
            </thead>
            <tbody>
              {tokens.map(({ id, name, scope, lastUsedAt, revokedAt }) => (
                <tr key={id}>
                  <th scope="row" dir="auto">
                    {name}
                  </th>
                  <td>{revokedAt === null ? scope : <span class="quiet">revoked</span>}</td>
                  <td>{lastUsedAt === null ? 'never' : <Ago at={lastUsedAt} now={now} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <section class="card" aria-labelledby="users">
        <h2 id="users">Users</h2>
        <table>
          <caption class="hidden">Users of the console</caption>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Scope</th>
            </tr>
          </thead>
          <tbody>
            {users.map(({ name, scope }) => (
              <tr key={name}>
                <th scope="row" dir="auto">
                  {name}
                </th>
                <td>{scope}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

/** Who changed what, newest first. */
export function Audit({ audit }: Pick<SystemView, 'audit'>) {
  return (
    <section class="card" aria-labelledby="audit">
      <h2 id="audit">What people changed</h2>
      {audit.length === 0 ? (
        <p class="quiet">Nobody has changed anything yet.</p>
      ) : (
        <Scroll label="Audit">
          <table>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Who</th>
                <th scope="col">What</th>
                <th scope="col">Subject</th>
              </tr>
            </thead>
            <tbody>
              {audit.map(({ at, who, what, subject, trace }) => (
                <tr key={`${at}${trace}${what}${subject}`}>
                  <td class="nowrap">
                    <Moment at={at} />
                  </td>
                  <td dir="auto">{who}</td>
                  <td>{what}</td>
                  <td class="id" dir="auto">
                    {subject}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}
