import type { ModelDimension } from '../../domain/health/model.js';
import type { WrittenDimension } from '../normalised/health.js';
import type { ValuePath } from '../problems.js';
import { checkSignal, checkWeight, type SignalScope } from './signals.js';

interface At {
  readonly scope: SignalScope;
  readonly path: ValuePath;
}

function weightRules(
  written: WrittenDimension,
  scope: SignalScope,
  path: ValuePath,
): ModelDimension['weightRules'] {
  return written.weightRules.flatMap((rule, index) => {
    const when = scope.reader.condition(rule.when, [...path, 'weightRules', index, 'when']);
    return when.holdable(scope.reader.known)
      ? [{ when: when.expression, percent: Math.round(rule.weight * 100) }]
      : [];
  });
}

/** One note a dimension: which signals are left out, and the facts that would bring them in. */
function noteLeftOut(
  id: string,
  checked: readonly NonNullable<ReturnType<typeof checkSignal>>[],
  { scope, path }: At,
): void {
  const { known } = scope.reader;
  const out = checked.filter(({ knowable }) => !knowable).map(({ signal }) => signal);
  if (out.length === 0) return;
  const names = out.map((signal) => signal.id).join(', ');
  const facts = [...new Set(out.flatMap((signal) => signal.value.facts.filter((fact) => !known(fact))))].join(
    ', ',
  );
  const effect = out.length === checked.length ? `is left out (${names})` : `is scored without ${names}`;
  scope.reader.note(path, `dimension "${id}" ${effect}: ${facts} can’t be known with what is mapped`);
}

/** One dimension of a model. Null = nothing of it can be known, which was noted, or it was reported. */
export function checkDimension(id: string, written: WrittenDimension, at: At): ModelDimension | null {
  const { scope, path } = at;
  checkWeight(written.weight, scope.reader, [...path, 'weight']);
  const named = Object.entries(written.signals);
  if (named.length === 0) scope.reader.wrong([...path, 'signals'], `the dimension "${id}" has no signals`);
  const checked = named.flatMap(
    ([name, given]) => checkSignal(name, given, { ...scope, path: [...path, 'signals', name] }) ?? [],
  );
  const signals = checked.filter(({ knowable }) => knowable).map(({ signal }) => signal);
  noteLeftOut(id, checked, at);
  if (signals.length === 0) return null;
  return {
    id,
    label: written.label ?? id,
    weight: written.weight,
    weightRules: weightRules(written, scope, path),
    signals,
  };
}
