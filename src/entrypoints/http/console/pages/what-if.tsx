import type { WeighedModel, WhatIf } from '../../../../service/views/what-if.js';
import { MOST_WEIGHT } from '../../../../service/views/what-if.js';
import { Choice } from '../parts/form.js';
import { Page } from '../parts/layout.js';
import { Ago } from '../parts/moment.js';
import { linkTo, mayWrite, type Visit } from '../parts/visit.js';
import { count } from '../parts/words.js';

interface Props {
  readonly visit: Visit;
  readonly models: readonly WeighedModel[];
  readonly accounts: number;
  readonly asked: readonly WhatIf[];
  readonly now: number;
}

export const SAMPLES = [500, 2_000, 10_000] as const;

/** Weights to try on the stored book; nothing is written to anybody. */
export function WhatIfPage({ visit, models, accounts, asked, now }: Props) {
  return (
    <Page visit={visit} place="what-if" title="What if">
      <p class="quiet">
        Weigh the dimensions of the score otherwise, and see who would move. Nothing is written; an engine
        works it out on the book as the last run left it.
      </p>
      {mayWrite(visit) && <Weights visit={visit} models={models} accounts={accounts} />}
      {asked.length > 0 && <Earlier visit={visit} asked={asked} now={now} />}
    </Page>
  );
}

/** The name of a field: a model's and a dimension's id. */
export function weightField(model: string, dimension: string): string {
  return `${model}/${dimension}`;
}

function Weights({ visit, models, accounts }: Pick<Props, 'visit' | 'models' | 'accounts'>) {
  const smaller = SAMPLES.filter((sample) => sample < accounts);
  return (
    <form class="card" method="post" action={linkTo(visit, 'what-if')}>
      <input type="hidden" name="csrf" value={visit.csrf} />
      {models.map(({ id, label, dimensions }) => (
        <fieldset key={id}>
          <legend>{models.length === 1 ? 'Weights' : label}</legend>
          <div class="weights">
            {dimensions.map((dimension) => (
              <label class="field" key={dimension.id}>
                <span>{dimension.label}</span>
                <input
                  type="number"
                  name={weightField(id, dimension.id)}
                  value={dimension.weight}
                  min={0}
                  max={MOST_WEIGHT}
                  step={1}
                  required
                />
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <div class="filters">
        <Choice
          name="sample"
          label="Over"
          all={`The whole book, ${count(accounts)} accounts`}
          value={null}
          choices={smaller.map((sample) => ({
            id: String(sample),
            word: `A sample of about ${count(sample)}`,
          }))}
        />
        <button type="submit" class="main">
          Work it out
        </button>
      </div>
    </form>
  );
}

const STATES: Readonly<Record<WhatIf['state'], string>> = {
  waiting: 'Waits for an engine',
  running: 'Being worked out',
  done: 'Done',
  failed: 'Failed',
};

function Earlier({ visit, asked, now }: Pick<Props, 'visit' | 'asked' | 'now'>) {
  return (
    <section class="card" aria-labelledby="earlier">
      <h2 id="earlier">Asked lately</h2>
      <table class="cards">
        <caption class="hidden">Questions asked lately</caption>
        <thead>
          <tr>
            <th scope="col">Asked</th>
            <th scope="col">By</th>
            <th scope="col">State</th>
            <th scope="col" class="number">
              Other band
            </th>
          </tr>
        </thead>
        <tbody>
          {asked.map(({ id, askedAt, who, state, result }) => (
            <tr key={id}>
              <th scope="row">
                <a href={linkTo(visit, 'what-if', id)}>
                  <Ago at={askedAt} now={now} />
                </a>
              </th>
              <td data-label="By" dir="auto">
                {who.replace(/^user:/, '')}
              </td>
              <td data-label="State">{STATES[state]}</td>
              <td class="number" data-label="Other band">
                {result === null ? '–' : count(result.accounts.bandChanged)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
