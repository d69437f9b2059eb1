import { EVERYBODY, type TrueNorth } from './true-north.js';

/** How a segment is told in config: the fact, and its value. */
export interface SegmentCondition {
  readonly fact: string;
}

const OBJECTIVES: Readonly<Record<string, string>> = {
  'first-use': 'We have begun to work with it.',
  'first-value': 'We have got a first result out of it.',
  'criteria-agreed': 'We have written down what success means for us.',
  meeting: 'We have met, and know what comes next.',
};

/**
 * The lines of config/moments.yaml by which a milestone that separates becomes a moment; `+` is new. Empty where none
 * does, and where no fact says just what it is. `quoted` writes a text as YAML.
 */
export function adoptedMoment(
  { segment, chosen, verdict }: TrueNorth,
  segmentBy: SegmentCondition | null,
  quoted: (text: string) => string,
): readonly string[] {
  if (verdict !== 'separates' || chosen === null) return [];
  const { id, label, byDay, done, feed, of } = chosen.milestone;
  if (done === null && feed !== 'moments') return [];
  const only = segment !== EVERYBODY && segmentBy !== null;
  const condition = only ? [`+    when: ${quoted(`${segmentBy.fact} == ${JSON.stringify(segment)}`)}`] : [];
  if (done === null)
    return [' onboarding:', `   ${quoted(of.replace('moment:', ''))}:`, '+    required: true'];
  const name = id.replace('@', '-by-day-');
  return [
    ' onboarding:',
    `+  ${only ? `${name}-${nameOf(segment)}` : name}:`,
    `+    label: ${quoted(label)}`,
    `+    dueDay: ${byDay}`,
    ...condition,
    `+    done: ${quoted(done)}`,
    '+    owner: csm',
    `+    objective: ${quoted(OBJECTIVES[of] ?? 'Our people use what they came for.')}`,
  ];
}

function nameOf(segment: string): string {
  return segment
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
