import type { WrittenPlaybook } from '../../normalised/playbook.js';

/** A share as it is written: `0.07` -> `7 %`. */
function percentText(share: number): string {
  return `${Number((share * 100).toFixed(6))} %`;
}

/**
 * The file as it would be written with every default spelled out, as plain JSON: reading it again gives
 * the same playbook, whatever the defaults of a later release are.
 */
export function sourceOf(value: WrittenPlaybook): unknown {
  return JSON.parse(JSON.stringify({ ...value, holdout: percentText(value.holdout) }));
}
