import type { Figure } from '../../domain/insight/figure.js';

const TOO_LITTLE = 'too little data';

/** `92.3 %`, `USD 1,240,000`, `too little data`. */
export function valueInWords({ value, unit }: Figure, currency: string): string {
  return value === null ? TOO_LITTLE : amount(value, unit, currency);
}

const MILLION = 1_000_000;

/** The same where there is little room: `USD 7.1 M`. */
export function valueInShort(figure: Figure, currency: string): string {
  const { value, unit } = figure;
  if (value === null || unit !== 'money' || Math.abs(value) < MILLION) return valueInWords(figure, currency);
  return `${currency} ${plain(Math.round(value / (MILLION / 10)) / 10)} M`.trimStart();
}

/** `92.3 % (90.1 to 94.0, n 312)`: everything that belongs to a number but its definition. */
export function figureInWords(figure: Figure, currency: string): string {
  const { low, high, value, n, unit } = figure;
  const interval = value === null || low === null || high === null ? '' : `${plain(low)} to ${plain(high)}, `;
  const rest = `${interval}n ${whole(n)}${figure.few ? ', few' : ''}`;
  const many = unit === 'count' && value === n ? '' : ` (${rest})`;
  return `${valueInWords(figure, currency)}${many}`;
}

/** What a number rests on, in one line: `n 312; 2026-Q4; Accounts that …`. */
export function basisInWords({ n, span, definition, low, high, value, few }: Figure): string {
  const interval =
    value === null || low === null || high === null ? '' : `95 % interval ${plain(low)} to ${plain(high)}; `;
  return `n ${whole(n)}; ${span}; ${few ? 'under 30 cases, may be luck; ' : ''}${interval}${definition}`;
}

/** What all of these look back over, else the one period of their records; null where there are several. */
export function oneSpan(figures: readonly Figure[]): string | null {
  for (const name of ['span', 'period'] as const) {
    const [only, ...others] = new Set(figures.map((figure) => figure[name]));
    if (only !== undefined && others.length === 0) return only;
  }
  return null;
}

/** `at most 10 %`; empty without a target. */
export function targetInWords({ target, direction, unit }: Figure, currency: string): string {
  return target === null || direction === null ? '' : `${direction} ${amount(target, unit, currency)}`;
}

const JUDGED: Readonly<Record<string, string>> = { met: 'met, ', 'not met': 'not met, ' };

/** `not met, target: at least 75`; empty without a target. */
export function goalInWords(figure: Figure, currency: string): string {
  const wanted = targetInWords(figure, currency);
  return wanted === '' ? '' : `${JUDGED[figure.met ?? ''] ?? ''}target: ${wanted}`;
}

function amount(value: number, unit: Figure['unit'], currency: string): string {
  switch (unit) {
    case 'percent':
      return `${plain(value)} %`;
    case 'money':
      return `${currency} ${Math.abs(value) < 1_000 ? plain(value) : whole(Math.round(value))}`.trimStart();
    case 'count':
      return plain(value);
    case 'hours':
      return `${plain(value)} h`;
    case 'minutes':
      return `${plain(value)} min`;
    case 'days':
      return `${plain(value)} ${value === 1 ? 'day' : 'days'}`;
    case 'points':
      return plain(value);
    case 'percentage points':
      return `${plain(value)} points`;
    default:
      return `${plain(value)} ${unit}`;
  }
}

/** A number with at most two decimals and a real minus sign. */
export function plain(value: number): string {
  const text = Math.abs(value).toLocaleString('en-US', { maximumFractionDigits: 2 });
  return value < 0 ? `−${text}` : text;
}

export function whole(value: number): string {
  return value.toLocaleString('en-US');
}
