import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { loadSettings } from '../../src/compose.js';
import { healthWith } from '../../src/config/drafts/health-draft.js';
import type { HealthModel } from '../../src/domain/health/model.js';
import type { Candidate } from '../../src/domain/insight/example.js';
import type { SuggestedModel } from '../../src/domain/insight/suggestion.js';
import { writtenModel } from '../../src/insight/written-model.js';

const ROOT = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'truenorth-suggestion-'));
for (const room of ['config', 'mappings']) cpSync(join(ROOT, room), join(folder, room), { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shipped = loadSettings(folder).health.models.at(-1) as HealthModel;

/** Every signal of today's model with another weight, and the account's tenure as a new one. */
function anotherWeighing(): SuggestedModel {
  const known = shipped.dimensions.map(({ id, signals }, at) => ({
    id,
    weight: 10 + at,
    signals: signals.map((signal, place) => ({
      candidate: { ...candidate(`${id}.${signal.id}`, signal.label), dimension: id, signal },
      weight: 3 + place,
      curve: null,
    })),
  }));
  const tenure = {
    candidate: candidate('account.tenureDays', 'days as a customer'),
    weight: 7,
    curve: { shape: 'piecewise' as const, points: [[30, 0] as const, [900, 100] as const] },
  };
  return { dimensions: [...known, { id: 'profile', weight: 9, signals: [tenure] }] };
}

function candidate(id: string, label: string): Candidate {
  const value = { source: id, facts: [id], evaluate: () => null };
  return { id, label, dimension: 'profile', value, signal: null, inModel: false };
}

describe('a suggestion, written down', () => {
  it('is read back with its weights, its curves, and the words of every signal', () => {
    const suggestion = anotherWeighing();
    const file = join(folder, 'config', 'health.yaml');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, healthWith(before, writtenModel(suggestion, shipped)));
    const { models } = loadSettings(folder).health;
    expect(models).toHaveLength(1);
    const read = models[0] as HealthModel;
    expect(read.dimensions.map(({ id, weight }) => [id, weight])).toEqual(
      suggestion.dimensions.map(({ id, weight }) => [id, weight]),
    );
    for (const dimension of shipped.dimensions) {
      const again = read.dimensions.find(({ id }) => id === dimension.id);
      expect(again?.weightRules.map(({ percent }) => percent)).toEqual(
        dimension.weightRules.map(({ percent }) => percent),
      );
      for (const [place, signal] of dimension.signals.entries()) {
        const { label, text, freshFor, unit, curves } = signal;
        const twin = again?.signals.find(({ id }) => id === signal.id);
        expect(twin).toMatchObject({ weight: 3 + place, label, text, freshFor, unit });
        expect(twin?.curves.map(({ curve }) => curve)).toEqual(curves.map(({ curve }) => curve));
      }
    }
    const tenure = read.dimensions.find(({ id }) => id === 'profile')?.signals[0];
    expect(tenure?.curves).toEqual([
      {
        when: null,
        curve: {
          shape: 'piecewise',
          points: [
            [30, 0],
            [900, 100],
          ],
        },
      },
    ]);
    expect(tenure?.value.facts).toEqual(['account.tenureDays']);
  });

  it('leaves dimensions as they are written of which nothing was known', () => {
    const text = readFileSync(join(ROOT, 'config', 'health.yaml'), 'utf8');
    const { dimensions } = anotherWeighing();
    const one = { dimensions: dimensions.filter(({ id }) => id === 'support') };
    writeFileSync(join(folder, 'config', 'health.yaml'), healthWith(text, writtenModel(one, shipped)));
    const read = loadSettings(folder).health.models[0] as HealthModel;
    const adoption = (model: HealthModel) => model.dimensions.find(({ id }) => id === 'adoption')?.signals;
    expect(adoption(read)?.map(({ id, weight }) => [id, weight])).toEqual(
      adoption(shipped)?.map(({ id, weight }) => [id, weight]),
    );
  });
});
