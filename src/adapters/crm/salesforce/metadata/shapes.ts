/** What an element may be: a text, a flag, a number, or a part with elements of its own. */
export interface Rule {
  readonly kind: 'text' | 'flag' | 'number' | 'part';
  readonly must: boolean;
  readonly many: boolean;
  /** Most characters of a text. */
  readonly longest: number | null;
  readonly values: readonly string[] | null;
  readonly part: Shape | null;
}
export type Shape = Readonly<Record<string, Rule>>;

const RULE: Rule = { kind: 'text', must: false, many: false, longest: null, values: null, part: null };

export const text = (longest: number | null = null): Rule => ({ ...RULE, longest });
export const flag: Rule = { ...RULE, kind: 'flag' };
export const whole: Rule = { ...RULE, kind: 'number' };
export const oneOf = (...values: readonly string[]): Rule => ({ ...RULE, values });
export const part = (shape: Shape): Rule => ({ ...RULE, kind: 'part', part: shape });
export const must = (rule: Rule): Rule => ({ ...rule, must: true });
export const many = (rule: Rule): Rule => ({ ...rule, many: true });
