import { describe, expect, it } from '@jest/globals';
import { render } from 'preact-render-to-string';
import { History } from '../../../../src/entrypoints/http/console/charts/history.js';
import { Waterfall } from '../../../../src/entrypoints/http/console/charts/waterfall.js';
import { AccountRows } from '../../../../src/entrypoints/http/console/parts/account-rows.js';
import { Deed } from '../../../../src/entrypoints/http/console/parts/form.js';
import { Page } from '../../../../src/entrypoints/http/console/parts/layout.js';
import { PlanTable } from '../../../../src/entrypoints/http/console/parts/plan-table.js';
import { saidOf } from '../../../../src/entrypoints/http/console/parts/said.js';
import { formOf } from '../../../../src/entrypoints/http/console/parts/shown.js';
import { linkTo, linkWith, type Visit } from '../../../../src/entrypoints/http/console/parts/visit.js';
import type { PlanLine } from '../../../../src/service/views/plan.js';

const HOSTILE = `"><script>alert('x')</script><img src=x onerror=alert(1)>`;
const RIGHT_TO_LEFT = '\u202Eشركة الشمال\u202C';

const VISIT: Visit = {
  org: 'world',
  base: '',
  user: { name: 'ada', scope: 'write' },
  csrf: 'token-of-the-session',
  waiting: { plans: 0, errors: 0 },
  said: null,
};

const listed = (name: string) => ({
  account: '001000000000001AAA',
  name,
  score: 40,
  band: 'risk',
  bandSince: '2026-11-20',
  tier: 'digital',
  measure: 12_000.4,
  coverage: 80,
});

/** Markup that is none of ours: a tag, or an attribute that acts. */
function isClean(html: string): boolean {
  return (
    !/<script(?! src="\/assets\/htmx\.js")/.test(html) && !/<img/.test(html) && !/<[^>]+ on\w+=/.test(html)
  );
}

describe('what comes from the CRM', () => {
  it.each([HOSTILE, RIGHT_TO_LEFT, 'x'.repeat(5_000), '', '   ', "O'Neil & <b>Söhne</b> \u0000"])(
    'is shown as text wherever it stands: %#',
    (text) => {
      const item: PlanLine = {
        seq: 1,
        kind: 'field',
        status: 'planned',
        account: text,
        what: text,
        changes: [{ field: text, from: text, to: text }],
        playbook: text,
        step: text,
        channel: null,
        contact: text,
        why: text,
        tryOn: null,
      };
      const html = render(
        <Page visit={{ ...VISIT, org: text, user: { name: text, scope: 'admin' } }} place={null} title={text}>
          <AccountRows visit={VISIT} accounts={[listed(text)]} caption={text} />
          <Waterfall score={60} band="watch" lost={[{ source: text, cents: 4_000, shown: 40, text }]} />
          <History points={[{ day: '2026-11-01', score: null, band: text, tier: text }]} until="2026-11-02" />
          <PlanTable
            visit={VISIT}
            items={[item, { ...item, seq: 2, changes: [] }]}
            names={new Map([[text, text]])}
          />
          <Deed visit={VISIT} action={linkTo(VISIT, 'errors', text)} word={text} label={text} />
        </Page>,
      );
      expect(isClean(html)).toBe(true);
    },
  );

  it('runs in its own direction, and names an account without a name by its id', () => {
    const html = render(
      <AccountRows visit={VISIT} accounts={[listed(RIGHT_TO_LEFT), listed('  ')]} caption="Two" />,
    );
    expect(html).toContain(`dir="auto">${RIGHT_TO_LEFT}</a>`);
    expect(html).toContain('dir="auto">001000000000001AAA</a>');
  });
});

describe('a page', () => {
  const html = render(
    <Page visit={VISIT} place="overview" title="Overview">
      <Deed visit={VISIT} action="/runs" word="Run now" />
    </Page>,
  );

  it('holds no script and no style of its own, and asks nobody else', () => {
    expect(html).not.toMatch(/ style=|<style|javascript:|https?:\/\//);
    expect([...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)).toEqual([
      expect.stringContaining('src="/assets/htmx.js"'),
    ]);
  });

  it('carries the session’s token in each form', () => {
    const forms = html.match(/<form[^>]*method="post"/g) ?? [];
    expect(forms.length).toBe(2);
    expect(html.match(/name="csrf" value="token-of-the-session"/g)).toHaveLength(forms.length);
  });

  it('shows no button that changes something to those who may only look', () => {
    const reader: Visit = { ...VISIT, user: { name: 'rob', scope: 'read' } };
    expect(render(<Deed visit={reader} action="/runs" word="Run now" />)).toBe('');
  });

  it('says what was done by a word that it knows, and nothing that an address says', () => {
    expect(saidOf('retried', 1)?.text).toBe('1 record is tried again by the next run.');
    for (const word of [HOSTILE, '__proto__', 'constructor', 'toString', null])
      expect(saidOf(word, 3)).toBeNull();
  });
});

describe('a waterfall', () => {
  const points = (html: string): readonly number[] =>
    [...html.matchAll(/<td class="number"[^>]*>(?:<strong>)?([−+]?\d+)/g)].map(([, text]) =>
      Number(text?.replace('−', '-')),
    );

  it('goes from 100 to the score, step by step, in words and in bars', () => {
    const lost = [
      { source: 'guard:bill', cents: 1_050, shown: 11, text: 'Payment: overdue' },
      { source: 'cases', cents: 849, shown: 8, text: 'Support: 2 critical cases open' },
      { source: 'nothing', cents: 0, shown: 0, text: 'Nothing' },
      { source: 'little', cents: 1, shown: 0, text: 'Adoption: a little' },
    ];
    const html = render(<Waterfall score={81} band="healthy" lost={lost} />);
    const [all = 0, ...rest] = points(html);
    const score = rest.at(-1);
    expect(all + rest.slice(0, -1).reduce((sum, step) => sum + step, 0)).toBe(score);
    expect(score).toBe(81);
    expect(html).toContain('<rect class="fill-guard" x="890" y="0" width="110"');
    expect(html).toContain('<rect class="fill-loss" x="810" y="0" width="80"');
    expect(html).not.toContain('Nothing');
  });
});

describe('links', () => {
  it('put ids in as data, under the path of their org', () => {
    const visit = { base: '/orgs/north' };
    expect(linkTo(visit, 'accounts', '../../v1?x=1#y')).toBe('/orgs/north/accounts/..%2F..%2Fv1%3Fx%3D1%23y');
    expect(linkWith('/orgs/north/accounts', { search: 'a&b=c', band: null, offset: 0 })).toBe(
      '/orgs/north/accounts?search=a%26b%3Dc&offset=0',
    );
  });

  it('read single texts and whole numbers only', () => {
    const form = formOf({ one: 'x', two: ['a', 'b'], long: 'x'.repeat(201), n: '12', bad: '-1', not: '1e9' });
    expect(['one', 'two', 'long', 'gone', '__proto__'].map(form.text)).toEqual(['x', null, null, null, null]);
    expect(['n', 'bad', 'not', 'two'].map(form.number)).toEqual([12, null, null, null]);
  });
});
