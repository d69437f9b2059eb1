import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../src/config/load.js';
import { sectionOf } from '../support/analytics/dashboard-page.js';
import { MODEL } from '../support/analytics/our-org.js';

const PAGE = readFileSync('docs/dashboards.md', 'utf8');
const { targets } = loadConfig(process.cwd()).program;

/** `## Churn` and all that stands below it, up to the next heading. */
function written(title: string): string {
  const [, rest = ''] = PAGE.split(`\n## ${title}\n`);
  return `## ${title}\n${rest.split('\n## ')[0] ?? ''}`.trim();
}

describe('docs/dashboards.md', () => {
  it('has a section for every dashboard and no other, in their order', () => {
    const titles = [...PAGE.matchAll(/^## (.+)$/gm)].map(([, title]) => title);

    expect(titles).toEqual(MODEL.dashboards.map(({ title }) => title));
  });

  it.each(MODEL.dashboards.map((dashboard) => [dashboard.title, dashboard] as const))(
    'says of %s what it answers, its targets, and what each part shows',
    (title, dashboard) => {
      expect(written(title)).toBe(sectionOf(dashboard, MODEL, targets));
    },
  );
});
