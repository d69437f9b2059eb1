import { parse } from 'yaml';
import { editYaml } from './edit-yaml.js';
import { lineDifference } from './line-difference.js';

/** The one model that a draft of config/health.yaml is to have, as it is written there. */
export interface ModelDraft {
  readonly id: string;
  readonly dimensions: Readonly<Record<string, unknown>>;
}

interface Written {
  readonly models?: readonly {
    readonly id?: string;
    readonly dimensions?: Readonly<Record<string, unknown>>;
  }[];
}

/**
 * config/health.yaml with one model in the place of all. Dimensions of the same model that the draft does not have
 * stay as they are written: nothing of them is known today, and flags name them.
 */
export function healthWith(text: string, draft: ModelDraft): string {
  const { models = [] } = parse(text) as Written;
  const today = models.find(({ id }) => id === draft.id)?.dimensions ?? {};
  const left = Object.entries(today).filter(([id]) => !(id in draft.dimensions));
  const model = { ...draft, dimensions: { ...draft.dimensions, ...Object.fromEntries(left) } };
  return modelsText(text, model);
}

/** The same as a difference, line by line; the file is laid out first as the draft is, so that only content differs. */
export function healthChange(text: string, draft: ModelDraft): readonly string[] {
  return lineDifference(editYaml(text, []), healthWith(text, draft));
}

function modelsText(text: string, model: ModelDraft): string {
  return editYaml(text, [{ path: ['models'], value: [model], remark: null }]);
}
