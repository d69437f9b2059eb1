import type { AnalyticsProblem, Piece, Tell } from './analytics-file.js';
import type { Rule, Shape } from './shapes.js';

/** Names, order, repetition, presence, kinds, values and lengths of elements, all the way down. */
export function checkShape(
  content: readonly Piece[],
  shape: Shape,
  within: { readonly name: string; readonly tell: Tell; readonly at?: Piece },
): readonly AnalyticsProblem[] {
  const { name, tell, at } = within;
  const missing = Object.entries(shape)
    .filter(([element, rule]) => rule.must && !content.some((one) => one.name === element))
    .map(([element]) => tell(`${name} lacks ${element}.`, at));
  return [
    ...missing,
    ...checkOrder(content, within),
    ...content.flatMap((one) => {
      const rule = shape[one.name];
      if (rule === undefined) return [tell(`${name} has no element ${one.name}.`, one)];
      return checkOne(one, rule, tell);
    }),
    ...repeated(content, shape).map((one) => tell(`${name} holds ${one.name} more than once.`, one)),
  ];
}

/** The full name first, then by alphabet; what repeats stands together. */
function checkOrder(
  content: readonly Piece[],
  { name, tell }: { readonly name: string; readonly tell: Tell },
): readonly AnalyticsProblem[] {
  const late = content.find((one, index) => {
    const before = content[index - 1];
    return before !== undefined && one.name < before.name && before.name !== 'fullName';
  });
  return late === undefined
    ? []
    : [tell(`${late.name} of ${name} stands out of order: elements go by alphabet.`, late)];
}

function repeated(content: readonly Piece[], shape: Shape): readonly Piece[] {
  return content.filter(
    (one, index) =>
      shape[one.name]?.many === false && content.findIndex(({ name }) => name === one.name) < index,
  );
}

function checkOne(one: Piece, rule: Rule, tell: Tell): readonly AnalyticsProblem[] {
  if (rule.part !== null) {
    const inner = typeof one.content === 'string' ? [] : one.content;
    return checkShape(inner, rule.part, { name: one.name, tell, at: one });
  }
  if (typeof one.content !== 'string')
    return [tell(`${one.name} holds elements, but is a ${rule.kind}.`, one)];
  const problem = plainProblem(one.name, one.content.trim(), rule);
  return problem === null ? [] : [tell(problem, one)];
}

function plainProblem(name: string, text: string, { kind, values, longest, must }: Rule): string | null {
  if (must && text === '') return `${name} is empty.`;
  if (kind === 'flag' && !/^(true|false)$/.test(text)) return `${name} is true or false, not "${text}".`;
  if (kind === 'number' && !/^-?\d+$/.test(text)) return `${name} is a whole number, not "${text}".`;
  if (values !== null && !values.includes(text)) return `${name} does not know the value "${text}".`;
  return longest !== null && text.length > longest
    ? `${name} has ${text.length} characters; ${longest} are allowed.`
    : null;
}
