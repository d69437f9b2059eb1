import type { OverviewView } from '../../../../service/views/overview.js';
import type { OverviewDay } from '../../../../sync/overview.js';
import { BandsOverTime } from '../charts/bands-over-time.js';
import { AccountRows } from '../parts/account-rows.js';
import { BANDS, BandMark, bandWord } from '../parts/band.js';
import { Bar } from '../parts/bar.js';
import { Page } from '../parts/layout.js';
import { Needs } from '../parts/needs.js';
import { linkTo, linkWith, type Visit } from '../parts/visit.js';
import { count, dayText, percent, signed, spokenId } from '../parts/words.js';

/** The book at a glance, and what waits for somebody. */
export function OverviewPage({ visit, view }: { readonly visit: Visit; readonly view: OverviewView }) {
  const { latest, weekBefore, needs, newlyAtRisk, days } = view;
  const aside = latest !== null && <p class="quiet">As of {dayText(latest.day)}</p>;
  return (
    <Page visit={visit} place="overview" title="Overview" aside={aside}>
      <Needs visit={visit} needs={needs} />
      {latest === null ? (
        <p class="card">Nothing is known yet: the first run counts the book.</p>
      ) : (
        <>
          <Figures visit={visit} day={latest} before={weekBefore} />
          <div class="columns wide">
            <section class="card" aria-labelledby="trend">
              <h2 id="trend">Bands over time</h2>
              <BandsOverTime days={days} />
            </section>
            <section class="card" aria-labelledby="tiers">
              <h2 id="tiers">Tiers</h2>
              <Tiers visit={visit} day={latest} before={weekBefore} />
            </section>
          </div>
          <NewlyAtRisk visit={visit} accounts={newlyAtRisk} />
        </>
      )}
    </Page>
  );
}

function NewlyAtRisk({
  visit,
  accounts,
}: {
  readonly visit: Visit;
  readonly accounts: OverviewView['newlyAtRisk'];
}) {
  return (
    <section class="card" aria-labelledby="newly">
      <h2 id="newly">Newly at risk this week</h2>
      {accounts.length === 0 ? (
        <p class="quiet">Nobody came to risk in the last seven days.</p>
      ) : (
        <AccountRows visit={visit} accounts={accounts} caption="Accounts newly at risk" />
      )}
    </section>
  );
}

interface Compared {
  readonly visit: Visit;
  readonly day: OverviewDay;
  readonly before: OverviewDay | null;
}

function Figures({ visit, day, before }: Compared) {
  const accounts = linkTo(visit, 'accounts');
  return (
    <dl class="figures">
      <div>
        <dt>Accounts</dt>
        <dd>
          <a class="big" href={accounts}>
            {count(day.accounts)}
          </a>
          <Since now={day.accounts} before={before?.accounts} />
        </dd>
      </div>
      {BANDS.map((band) => (
        <div key={band}>
          <dt>
            <BandMark band={band} /> {bandWord(band)}
          </dt>
          <dd>
            <a class="big" href={linkWith(accounts, { band })}>
              {count(day.bands[band] ?? 0)}
            </a>
            <span class="quiet">{percent((day.bands[band] ?? 0) / Math.max(1, day.accounts))}</span>
            <Since
              now={day.bands[band] ?? 0}
              before={before === null ? undefined : (before.bands[band] ?? 0)}
            />
          </dd>
        </div>
      ))}
      <div>
        <dt>Mean score</dt>
        <dd>
          <span class="big">{day.score ?? '–'}</span>
        </dd>
      </div>
      <div>
        <dt>Coverage</dt>
        <dd>
          <span class="big">{day.coverage} %</span>
          <span class="quiet">of the model is known</span>
        </dd>
      </div>
    </dl>
  );
}

function Since({ now, before }: { readonly now: number; readonly before: number | undefined }) {
  if (before === undefined || before === now) return null;
  return <span class="quiet">{signed(now - before)} in a week</span>;
}

function Tiers({ visit, day, before }: Compared) {
  const tiers = Object.entries(day.tiers).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return (
    <table class="tiers">
      <caption class="hidden">Accounts by touch tier</caption>
      <thead>
        <tr>
          <th scope="col">Tier</th>
          <th scope="col" class="number">
            Accounts
          </th>
          <th scope="col" class="number">
            In a week
          </th>
        </tr>
      </thead>
      <tbody>
        {tiers.map(([tier, n]) => (
          <tr key={tier}>
            <th scope="row">
              <a href={linkWith(linkTo(visit, 'accounts'), { tier })} dir="auto">
                {spokenId(tier)}
              </a>
              <Bar parts={[{ from: 0, to: n / Math.max(1, day.accounts), class: 'fill-move' }]} />
            </th>
            <td class="number">{count(n)}</td>
            <td class="number quiet">{before === null ? '–' : signed(n - (before.tiers[tier] ?? 0))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
