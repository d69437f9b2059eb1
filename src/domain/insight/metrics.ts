/** One case as a forecast sees it. */
export interface Forecast {
  /** 0-1: how likely the event was said to be, or any number that grows with it where only the order counts. */
  readonly risk: number;
  readonly event: boolean;
}

/** Cases whose forecasts lie side by side, and how often the event came. */
export interface CalibrationBin {
  readonly n: number;
  /** Means, 0-1. */
  readonly forecast: number;
  readonly observed: number;
}

const BINS = 10;

/**
 * Lift of the riskiest tenth: its rate of events over the rate of all; cases that tie at the cut count with their
 * mean. Null without any event.
 */
export function liftOfTenth(forecasts: readonly Forecast[]): number | null {
  const base = rateOf(forecasts);
  const places = roundHalfEven(forecasts.length / 10);
  if (base === null || base === 0 || places === 0) return null;
  const ranked = forecasts.toSorted((a, b) => b.risk - a.risk);
  const cut = ranked[places - 1]?.risk ?? 0;
  const above = ranked.filter(({ risk }) => risk > cut);
  const tied = rateOf(ranked.filter(({ risk }) => risk === cut)) ?? 0;
  const events = countOf(above) + (places - above.length) * tied;
  return events / places / base;
}

/** Mean squared distance of forecast and event, 0 (perfect) to 1. Null without cases. */
export function brierOf(forecasts: readonly Forecast[]): number | null {
  if (forecasts.length === 0) return null;
  return forecasts.reduce((sum, { risk, event }) => sum + (risk - Number(event)) ** 2, 0) / forecasts.length;
}

/** Ten groups of equal size by the quantiles of the forecast; equal forecasts stay together, so there may be fewer. */
export function calibrationOf(forecasts: readonly Forecast[]): readonly CalibrationBin[] {
  const sorted = forecasts.map(({ risk }) => risk).sort((a, b) => a - b);
  const edges = Array.from({ length: BINS - 1 }, (_, at) => quantile(sorted, (at + 1) / BINS));
  const binOf = ({ risk }: Forecast) => edges.filter((edge) => risk >= edge).length;
  const bins = [...Map.groupBy(forecasts, binOf)].sort(([a], [b]) => a - b);
  return bins.map(([, members]) => ({
    n: members.length,
    forecast: members.reduce((sum, { risk }) => sum + risk, 0) / members.length,
    observed: countOf(members) / members.length,
  }));
}

/** Expected calibration error over these groups, 0-1. Null without cases. */
export function calibrationErrorOf(forecasts: readonly Forecast[]): number | null {
  if (forecasts.length === 0) return null;
  const gaps = calibrationOf(forecasts).map(({ n, forecast, observed }) => n * Math.abs(observed - forecast));
  return gaps.reduce((sum, gap) => sum + gap, 0) / forecasts.length;
}

/** Value below which a share (0-1) of the sorted numbers lies, between its neighbours in proportion; NaN without any. */
export function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low === undefined || high === undefined
    ? Number.NaN
    : low + (high - low) * (place - Math.floor(place));
}

function countOf(forecasts: readonly Forecast[]): number {
  return forecasts.filter(({ event }) => event).length;
}

function rateOf(forecasts: readonly Forecast[]): number | null {
  return forecasts.length === 0 ? null : countOf(forecasts) / forecasts.length;
}

/** Halves go to the even neighbour, as in the reference that the figures are compared with. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
