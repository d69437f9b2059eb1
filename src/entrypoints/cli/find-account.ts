import { didYouMean } from '../../config/nearest-name.js';
import { IntegrationError } from '../../ports/errors.js';
import type { StateStore } from '../../ports/state-store.js';

/** The id of the one account that somebody means: by 15 or 18 character id, or by exact name. Throws what to do otherwise. */
export async function accountNamed(state: StateStore, asked: string, operation: string): Promise<string> {
  const ids = await idsFor(state, asked);
  const [id, another] = ids;
  if (id === undefined)
    throw cannotFind(operation, {
      code: 'ACCOUNT_NOT_FOUND',
      message: `No account ${JSON.stringify(asked)} is known here.`,
      action:
        'Give an id (15 or 18 characters) or an exact name; a new account is known after the next `truenorth plan`.',
    });
  if (another !== undefined)
    throw cannotFind(operation, {
      code: 'ACCOUNT_AMBIGUOUS',
      message: `${ids.length} accounts are called ${JSON.stringify(asked)}.`,
      action: `Ask by id: ${ids.slice(0, 5).join(', ')}.`,
    });
  return id;
}

async function idsFor(state: StateStore, asked: string): Promise<readonly string[]> {
  if (/^001[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/.test(asked)) {
    const byId = await state.assessments.find({ idPrefix: asked });
    if (byId.length > 0) return byId;
  }
  return state.assessments.find({ name: asked });
}

/** A name that is none of those there are, with the nearest one. */
export function unknownName(
  operation: string,
  { what, asked, names }: { readonly what: string; readonly asked: string; readonly names: Iterable<string> },
): IntegrationError {
  return cannotFind(operation, {
    code: `UNKNOWN_${what.toUpperCase()}`,
    message:
      `There is no ${what} ${JSON.stringify(asked)}${didYouMean(asked, names).replace(/\?$/, '')}.`.replace(
        /; did you mean ("[^"]*")\.$/,
        '; did you mean $1?',
      ),
    action:
      what === 'playbook'
        ? 'See `truenorth playbooks` for those that there are; each is a file in config/playbooks/.'
        : 'See docs/configuration.md for those that there are.',
  });
}

export function cannotFind(
  operation: string,
  { code, message, action }: Readonly<Record<'code' | 'message' | 'action', string>>,
): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code,
    message,
    actions: [action],
    retryable: false,
    provider: 'state',
    operation,
  });
}
