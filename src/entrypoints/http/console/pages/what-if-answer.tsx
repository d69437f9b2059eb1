import type { WeighedModel, WhatIf } from '../../../../service/views/what-if.js';
import type { Simulation } from '../../../../sync/simulate.js';
import type { Standing } from '../../../../sync/simulated.js';
import { Moves } from '../charts/moves.js';
import { BANDS, BandBadge, BandMark, bandWord } from '../parts/band.js';
import { Page } from '../parts/layout.js';
import { linkTo, type Visit } from '../parts/visit.js';
import { count, dayText, signed, spokenId } from '../parts/words.js';

interface Props {
  readonly visit: Visit;
  readonly question: WhatIf;
  readonly models: readonly WeighedModel[];
}

/** What a question about other weights came to. */
export function WhatIfAnswerPage(props: Props) {
  return (
    <Page visit={props.visit} place="what-if" title="What if">
      <WhatIfAnswer {...props} />
    </Page>
  );
}

/** The answer alone: while it is worked out, it asks for itself again. */
export function WhatIfAnswer({ visit, question, models }: Props) {
  const { id, state, result, trouble } = question;
  const live = state === 'waiting' || state === 'running';
  const again = live
    ? { 'hx-get': `${linkTo(visit, 'what-if', id)}/answer`, 'hx-trigger': 'every 1s', 'hx-swap': 'outerHTML' }
    : {};
  return (
    <div class="stack" id="answer" {...again}>
      <ChangedWeights question={question} models={models} />
      {live && (
        <p class="note" role="status">
          {state === 'waiting' ? 'Waits for an engine.' : 'An engine works it out.'} You can leave this page;
          the answer stays.
        </p>
      )}
      {trouble !== null && (
        <p class="note bad" role="alert">
          {trouble}
        </p>
      )}
      {result !== null && <Result visit={visit} result={result} />}
      <p>
        <a href={linkTo(visit, 'what-if')}>Ask something else</a>
      </p>
    </div>
  );
}

function ChangedWeights({ question, models }: Pick<Props, 'question' | 'models'>) {
  const changed = models.flatMap((model) =>
    model.dimensions.flatMap(({ id, label, weight }) => {
      const asked = question.weights[model.id]?.[id] ?? weight;
      return asked === weight ? [] : [{ key: `${model.id}/${id}`, label, model: model.label, weight, asked }];
    }),
  );
  if (changed.length === 0) return <p class="note">The weights are those of today: nobody moves by them.</p>;
  return (
    <ul class="pills">
      {changed.map(({ key, label, model, weight, asked }) => (
        <li key={key}>
          {label} {models.length > 1 && <span class="quiet">({model}) </span>}
          <del>{weight}</del> <span class="quiet">→</span> <b>{asked}</b>
        </li>
      ))}
    </ul>
  );
}

function Result({ visit, result }: { readonly visit: Visit; readonly result: Simulation }) {
  const { accounts, bands, bandMoves, tierMoves, basedOn, records } = result;
  return (
    <>
      <p role="status">
        Of {count(accounts.read)} accounts as they stood on {dayText(basedOn.day)}:{' '}
        <b>{count(accounts.scoreChanged)}</b> with another score, <b>{count(accounts.bandChanged)}</b> with
        another band, <b>{count(accounts.tierChanged)}</b> with another tier. The next run would change{' '}
        {count(records.after)} records instead of {count(records.before)}.
      </p>
      <div class="columns">
        <section class="card" aria-labelledby="bands">
          <h2 id="bands">Bands</h2>
          <Before bands={bands} />
          <Moves
            moves={bandMoves}
            caption="Accounts by band before and after"
            word={(id) => (
              <>
                <BandMark band={id} /> {bandWord(id)}
              </>
            )}
          />
        </section>
        <section class="card" aria-labelledby="tiers">
          <h2 id="tiers">Tiers</h2>
          <Moves moves={tierMoves} caption="Accounts by tier before and after" word={spokenId} />
        </section>
      </div>
      <Moved visit={visit} moved={result.moved} />
    </>
  );
}

function Before({ bands }: Pick<Simulation, 'bands'>) {
  return (
    <table>
      <caption class="hidden">Accounts by band, before and after</caption>
      <thead>
        <tr>
          <th scope="col">Band</th>
          <th scope="col" class="number">
            Today
          </th>
          <th scope="col" class="number">
            Then
          </th>
          <th scope="col" class="number">
            <span class="hidden">Difference</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {BANDS.map((band) => {
          const { before, after } = bands[band] ?? { before: 0, after: 0 };
          return (
            <tr key={band}>
              <th scope="row">
                <BandMark band={band} /> {bandWord(band)}
              </th>
              <td class="number">{count(before)}</td>
              <td class="number">{count(after)}</td>
              <td class="number quiet">{signed(after - before)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Moved({ visit, moved }: { readonly visit: Visit } & Pick<Simulation, 'moved'>) {
  if (moved.length === 0) return null;
  return (
    <section class="card" aria-labelledby="moved">
      <h2 id="moved">Who moves most</h2>
      <table class="cards">
        <caption class="hidden">Accounts that move most</caption>
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Today</th>
            <th scope="col">Then</th>
          </tr>
        </thead>
        <tbody>
          {moved.map(({ account, name, before, after }) => (
            <tr key={account}>
              <th scope="row">
                <a class="name" href={linkTo(visit, 'accounts', account)} dir="auto">
                  {name.trim() === '' ? account : name}
                </a>
              </th>
              <td data-label="Today">
                <Stood standing={before} />
              </td>
              <td data-label="Then">
                <Stood standing={after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Stood({ standing: { score, band, tier } }: { readonly standing: Standing }) {
  return (
    <>
      <b>{score ?? '–'}</b> <BandBadge band={band} /> <span class="quiet">{spokenId(tier)}</span>
    </>
  );
}
