import { bandOf, dayText, dayTime } from './words';

const WIDTH = 320;
const HEIGHT = 96;
const EDGE = 8;

/** Snapshot records of the wire as `{ on, score, band }`, oldest first; those without a day are left out. */
export function readSnapshots(records, names) {
  return records
    .map(({ fields }) => ({
      on: fields[names.on]?.value ?? null,
      score: fields[names.score]?.value ?? null,
      band: fields[names.band]?.value ?? 'unknown',
    }))
    .filter(({ on }) => dayTime(on) !== null)
    .sort((a, b) => dayTime(a.on) - dayTime(b.on));
}

/** The chart and the table of a history: coordinates in a box of 320 by 96, scores from 0 at its bottom to 100. */
export function historyView(snapshots) {
  const points = place(snapshots);
  const first = snapshots[0];
  const last = snapshots.at(-1);
  return {
    rows: points.map(({ key, day, scoreText, word }) => ({ key, day, scoreText, word })).reverse(),
    marks: points.map(({ key, mark, markClass }) => ({ key, mark, markClass })),
    line: lineThrough(points),
    legend: legendOf(points),
    drawn: points.length > 1,
    only: first && first === last ? `One snapshot so far: ${spoken(first)}.` : null,
    summary: first && last ? summary(first, last, snapshots.length) : '',
    firstDay: dayText(first?.on),
    lastDay: dayText(last?.on),
  };
}

function place(snapshots) {
  const times = snapshots.map(({ on }) => dayTime(on));
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return snapshots.map(({ on, score, band }, at) => {
    const { name, word, shape } = bandOf(band);
    const x = EDGE + (span === 0 ? 0.5 : (times[at] - times[0]) / span) * (WIDTH - 2 * EDGE);
    const y = HEIGHT - EDGE - (heightAt(snapshots, at) / 100) * (HEIGHT - 2 * EDGE);
    return {
      key: `${on}-${at}`,
      day: dayText(on),
      scoreText: score === null ? 'No score' : String(Math.round(score)),
      word,
      shape,
      x,
      y,
      known: score !== null,
      mark: MARKS[shape](round(x), round(y)),
      markClass: `mark band-${name}`,
    };
  });
}

/** Where there is no score, the mark stands at the height of the last known one: at 0 it would look like a score of 0. */
function heightAt(snapshots, at) {
  const known = ({ score }) => score !== null;
  const found = snapshots.slice(0, at + 1).findLast(known) ?? snapshots.slice(at).find(known);
  return found?.score ?? 50;
}

/** The bands that occur, each once, in the order of their first day. */
function legendOf(points) {
  const firsts = points.filter(({ word }, at) => points.findIndex((other) => other.word === word) === at);
  return firsts.map(({ word, shape, markClass }) => ({
    key: word,
    word,
    mark: MARKS[shape](7, 7),
    markClass,
  }));
}

/** The line is broken where there was no score. */
function lineThrough(points) {
  return points
    .map(({ x, y, known }, at) => {
      if (!known) return '';
      return `${points[at - 1]?.known ? 'L' : 'M'}${round(x)} ${round(y)}`;
    })
    .join('');
}

const MARKS = {
  circle: (x, y) => `M${x - 4} ${y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z`,
  triangle: (x, y) => `M${x} ${y - 5}l5 8.5h-10Z`,
  diamond: (x, y) => `M${x} ${y - 5.5}l5.5 5.5l-5.5 5.5l-5.5 -5.5Z`,
  ring: (x, y) => `M${x - 3.5} ${y}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0Z`,
};

function summary(first, last, count) {
  return `${count} snapshots: ${spoken(first)}, ${spoken(last)}`;
}

function spoken({ on, score, band }) {
  const what = score === null ? 'no score' : `score ${Math.round(score)}`;
  return `${what} (${bandOf(band).word}) on ${dayText(on)}`;
}

function round(value) {
  return Math.round(value * 10) / 10;
}
