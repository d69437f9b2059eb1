import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ALERT_KINDS } from '../../src/ports/service-names.js';

const text = readFileSync('docs/runbook.md', 'utf8');

describe('docs/runbook.md', () => {
  it('says what to do about each kind of alert, and about no other', () => {
    const [, alerts = ''] = text.split('\n# Alerts\n');
    const sections = [...alerts.matchAll(/^## (\S+)$/gm)].map(([, name]) => name);
    expect(sections.sort()).toEqual([...ALERT_KINDS].sort());
  });
});
