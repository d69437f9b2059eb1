import type { PointsLost, SignalReading } from './assessment.js';
import type { HoldingGuard } from './guard.js';
import type { Cents } from './model.js';
import { apportion, shownPoints } from './points.js';

/** A line of points lost before it is put into words. */
export type Loss = Pick<PointsLost, 'source' | 'cents' | 'shown'>;

export interface LossQuestion {
  readonly raw: Cents;
  readonly score: Cents;
  readonly signals: readonly SignalReading[];
  readonly guards: readonly HoldingGuard[];
}

/**
 * The guard's cut and each signal's exact share of `10000 - score`, most shown points first, then in
 * the model's order. Lines of nothing are left out.
 */
export function pointsLost(question: LossQuestion): readonly Loss[] {
  const lines = [...guardLine(question), ...signalLines(question)].filter(({ cents }) => cents !== 0);
  const shown = apportion(
    lines.map(({ cents }) => cents / 100),
    100 - shownPoints(question.score),
  );
  return lines
    .map((line, index) => ({ ...line, shown: shown[index] ?? 0, index }))
    .sort((a, b) => b.shown - a.shown || a.index - b.index)
    .map(({ source, cents, shown }) => ({ source, cents, shown }));
}

type Line = Omit<Loss, 'shown'>;

function signalLines({ raw, signals }: LossQuestion): readonly Line[] {
  const carrying = signals.filter(({ share }) => share > 0);
  const quotas = carrying.map(({ share, score }) => share * (10_000 - (score ?? 0)));
  const cents = apportion(quotas, 10_000 - raw);
  return carrying.map(({ id }, index) => ({ source: id, cents: cents[index] ?? 0 }));
}

function guardLine({ raw, score, guards }: LossQuestion): readonly Line[] {
  const cutting = guards[0];
  return cutting && score < raw ? [{ source: `guard:${cutting.id}`, cents: raw - score }] : [];
}
