import type { Figure } from '../../domain/insight/figure.js';
import { basisInWords, plain, valueInShort, valueInWords, whole } from './figure-words.js';

interface NumProps {
  readonly figure: Figure;
  readonly currency: string;
  /** In short and without its n, where that stands elsewhere. */
  readonly bare?: boolean;
}

/** One number that says what it rests on when it is pointed at, with its n beside it. Breaks between these, never inside. */
export function Num({ figure, currency, bare = false }: NumProps) {
  const { value, low, high, n, unit } = figure;
  const interval = !bare && value !== null && low !== null && high !== null;
  const many = !bare && !(unit === 'count' && value === n) && (n > 0 || value === null);
  return (
    <abbr class={value === null ? 'little' : 'told'} title={basisInWords(figure)}>
      <span class="value">
        {bare ? valueInShort(figure, currency) : valueInWords(figure, currency)}
        <Few figure={figure} />
      </span>
      {interval && (
        <>
          {' '}
          <small>{`${plain(low)} to ${plain(high)}`}</small>
        </>
      )}
      {many && (
        <>
          {' '}
          <small>{`n ${whole(n)}`}</small>
        </>
      )}
    </abbr>
  );
}

/** The mark that the foot of the head explains: so few cases may be luck. */
export function Few({ figure: { few } }: Pick<NumProps, 'figure'>) {
  return few ? <sup class="few">†</sup> : null;
}
