import type { ComponentChildren } from 'preact';
import { mayWrite, type Visit } from './visit.js';

interface DeedProps {
  readonly visit: Visit;
  readonly action: string;
  readonly word: string;
  /** `main` for what most people are here for, `bad` for what cannot be taken back. */
  readonly look?: 'main' | 'bad';
  /** What a screen reader says in place of the word, where many buttons on a page read alike. */
  readonly label?: string;
  readonly children?: ComponentChildren;
}

/** A button that changes something: a form of its own, so that it works without any script. Left out for those who may only look. */
export function Deed({ visit, action, word, look, label, children }: DeedProps) {
  if (!mayWrite(visit)) return null;
  return (
    <form class="deed" method="post" action={action}>
      <input type="hidden" name="csrf" value={visit.csrf} />
      {children}
      <button type="submit" class={look} aria-label={label}>
        {word}
      </button>
    </form>
  );
}

/** A choice among a few, with all of them first. */
export function Choice({
  name,
  label,
  value,
  choices,
  all,
}: {
  readonly name: string;
  readonly label: string;
  readonly value: string | null;
  readonly choices: readonly { readonly id: string; readonly word: string }[];
  /** What the choice of none is called; left out where there has to be one. */
  readonly all?: string;
}) {
  return (
    <label class="field">
      <span>{label}</span>
      <select name={name}>
        {all !== undefined && <option value="">{all}</option>}
        {choices.map(({ id, word }) => (
          <option key={id} value={id} selected={id === value}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}
