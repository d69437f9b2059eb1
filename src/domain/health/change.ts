import type { HealthState, PointsChanged } from './assessment.js';
import type { Cents } from './model.js';
import { apportion, shownPoints } from './points.js';

/** One side of a change. */
export interface ScoredSide {
  readonly modelId: string;
  readonly modelVersion: string;
  readonly raw: Cents;
  readonly score: Cents;
  readonly signals: HealthState['signals'];
}

/**
 * What each signal, the guards or a new model did to the score between two assessments: lines sum
 * exactly to the change, shown lines to the shown change. Largest first; lines of nothing are left out.
 */
export function pointsChanged(
  from: ScoredSide,
  to: ScoredSide,
  labelOf: (signal: string) => string,
): readonly PointsChanged[] {
  const other = from.modelId !== to.modelId || from.modelVersion !== to.modelVersion;
  const lines = other
    ? [{ source: 'model', label: modelLabel(from, to), cents: to.score - from.score }]
    : [
        ...signalLines(from, to).map((line) => ({ ...line, label: labelOf(line.source) })),
        guardsLine(from, to),
      ];
  const moved = lines.filter(({ cents }) => cents !== 0);
  const ordered = moved
    .map((line, index) => ({ line, index }))
    .sort((a, b) => Math.abs(b.line.cents) - Math.abs(a.line.cents) || a.index - b.index)
    .map(({ line }) => line);
  const shown = apportion(
    ordered.map(({ cents }) => cents / 100),
    shownPoints(to.score) - shownPoints(from.score),
  );
  return ordered.map((line, index) => ({ ...line, shown: shown[index] ?? 0 }));
}

/** Another model serves the account now, or somebody changed the rules: two different things to be told. */
function modelLabel(from: ScoredSide, to: ScoredSide): string {
  return from.modelId === to.modelId
    ? 'the health model was changed'
    : `moved from the ${from.modelId} model to the ${to.modelId} model`;
}

type Line = Omit<PointsChanged, 'shown'>;

function guardsLine(from: ScoredSide, to: ScoredSide): Line {
  return { source: 'guards', label: 'guards', cents: to.score - to.raw - (from.score - from.raw) };
}

/** `e' (s' - R) - e (s - R)` with R halfway between the raw scores: what a signal that comes or goes adds. */
function signalLines(from: ScoredSide, to: ScoredSide): readonly Omit<Line, 'label'>[] {
  const middle = (from.raw + to.raw) / 2;
  const pull = ({ share, score }: { readonly share: number; readonly score: Cents }) =>
    share * (score - middle);
  const before = new Map(from.signals.map((signal) => [signal.id, signal]));
  const after = new Set(to.signals.map(({ id }) => id));
  const gone = from.signals.filter(({ id }) => !after.has(id));
  const quotas = [
    ...to.signals.map((signal) => {
      const earlier = before.get(signal.id);
      return { signal, quota: pull(signal) - (earlier ? pull(earlier) : 0) };
    }),
    ...gone.map((signal) => ({ signal, quota: -pull(signal) })),
  ];
  const cents = apportion(
    quotas.map(({ quota }) => quota),
    to.raw - from.raw,
  );
  return quotas.map(({ signal: { id } }, index) => ({ source: id, cents: cents[index] ?? 0 }));
}
