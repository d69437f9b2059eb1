import { count } from './words.js';

export interface PagingProps {
  readonly offset: number;
  readonly shown: number;
  readonly total: number;
  readonly size: number;
  readonly linkAt: (offset: number) => string;
  /** What is paged: `accounts`. */
  readonly what: string;
}

/** `51–100 of 12,400 accounts`, with the pages before and after. */
export function Paging({ offset, shown, total, size, linkAt, what }: PagingProps) {
  const [before, after] = [offset > 0, offset + shown < total];
  return (
    <nav class="paging" aria-label={`Pages of ${what}`}>
      <p class="quiet">
        {shown === 0
          ? `No ${what}`
          : `${count(offset + 1)}–${count(offset + shown)} of ${count(total)} ${what}`}
      </p>
      {before && (
        <a rel="prev" href={linkAt(Math.max(0, offset - size))}>
          Previous
        </a>
      )}
      {after && (
        <a rel="next" href={linkAt(offset + size)}>
          Next
        </a>
      )}
    </nav>
  );
}
