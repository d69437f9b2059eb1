import type { LetterLine, Letters } from '../../../../service/views/dead-letters.js';
import { Deed } from '../parts/form.js';
import { Page } from '../parts/layout.js';
import { linkTo, type Visit } from '../parts/visit.js';
import { count, dayText } from '../parts/words.js';

interface Props {
  readonly visit: Visit;
  readonly letters: Letters;
  readonly names: ReadonlyMap<string, string>;
}

/** What was refused, with what mends it. */
export function ErrorsPage({ visit, letters: { total, letters, contested }, names }: Props) {
  const link = linkTo(visit, 'errors');
  const all = total + contested.length > 0 && (
    <Deed visit={visit} action={`${link}/retry`} word="Retry all" look="main" />
  );
  return (
    <Page visit={visit} place="errors" title="Errors" aside={all}>
      <section class="card" aria-labelledby="refused">
        <h2 id="refused">Refused records</h2>
        {letters.length === 0 ? (
          <p class="quiet">No refused record waits.</p>
        ) : (
          <>
            {letters.length < total && (
              <p class="quiet">
                The latest {count(letters.length)} of {count(total)}.
              </p>
            )}
            <Refused visit={visit} letters={letters} names={names} link={link} />
          </>
        )}
      </section>
      {contested.length > 0 && <Contested visit={visit} contested={contested} link={link} />}
    </Page>
  );
}

interface RefusedProps {
  readonly visit: Visit;
  readonly letters: readonly LetterLine[];
  readonly names: ReadonlyMap<string, string>;
  readonly link: string;
}

function Refused({ visit, letters, names, link }: RefusedProps) {
  return (
    <table class="cards">
      <caption class="hidden">Refused records, latest first</caption>
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col">What the CRM said, and what mends it</th>
          <th scope="col">Day</th>
          <th scope="col">
            <span class="hidden">What to do</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {letters.map((letter) => {
          const name = names.get(letter.account) ?? letter.account;
          return (
            <tr key={letter.id}>
              <th scope="row">
                <a class="name" href={linkTo(visit, 'accounts', letter.account)} dir="auto">
                  {name}
                </a>
                <br />
                <span class="quiet">{letter.object}</span>
              </th>
              <td class="whole-line">
                <p dir="auto">
                  <span class="id">{letter.code}</span> {letter.message}
                </p>
                {letter.fields.length > 0 && <p class="quiet id">{letter.fields.join(', ')}</p>}
                <p dir="auto">
                  <b>Do now:</b> {letter.advice}
                </p>
              </td>
              <td class="nowrap quiet">
                {dayText(letter.day)}
                {letter.attempts > 1 && <br />}
                {letter.attempts > 1 && `tried ${letter.attempts} times`}
              </td>
              <td>
                <div class="deeds">
                  <Deed visit={visit} action={`${link}/retry`} word="Retry" label={`Retry ${name}`}>
                    <input type="hidden" name="id" value={letter.id} />
                  </Deed>
                  <Deed
                    visit={visit}
                    action={`${link}/discard`}
                    word="Discard"
                    label={`Discard ${name}`}
                    look="bad"
                  >
                    <input type="hidden" name="id" value={letter.id} />
                  </Deed>
                </div>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Contested({
  visit,
  contested,
  link,
}: {
  readonly visit: Visit;
  readonly contested: Letters['contested'];
  readonly link: string;
}) {
  return (
    <section class="card" aria-labelledby="contested">
      <h2 id="contested">Contested fields</h2>
      <p class="quiet">Others change these again and again; they are not written meanwhile.</p>
      <ul class="notes">
        {contested.map(({ field, advice }) => (
          <li key={field} class="note warn">
            <p dir="auto">{advice}</p>
            <Deed visit={visit} action={`${link}/retry`} word="Retry" label={`Retry ${field}`}>
              <input type="hidden" name="id" value={field} />
            </Deed>
          </li>
        ))}
      </ul>
    </section>
  );
}
