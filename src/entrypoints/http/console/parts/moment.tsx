import { lasting, momentText } from './words.js';

/** An instant as people say it (`5 min ago`), with the exact one behind it. */
export function Ago({ at, now }: { readonly at: number; readonly now: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={momentText(at)}>
      {`${lasting(now - at)} ago`}
    </time>
  );
}

export function Moment({ at }: { readonly at: number }) {
  return <time dateTime={new Date(at).toISOString()}>{momentText(at)}</time>;
}
