import { CONTACT_ROLES, type ContactRole, type Playbook } from '../../../domain/engagement/playbook.js';
import { type Claims, NO_CLAIMS } from '../../expressions/claims.js';
import { contradictionIn } from '../../expressions/contradiction.js';
import { unknownFacts } from '../gaps.js';
import { reachesPerson } from './channels.js';
import { type Desk, keep } from './desk.js';

function rolesOf({ value, reader, layout }: Desk): readonly ContactRole[] {
  const { roles } = value.audience;
  if (roles === undefined && layout.steps.some(({ written }) => reachesPerson(written)))
    reader.wrongKey(['audience'], 'the key "roles" is missing here: it says who is written to, in order');
  return (roles ?? CONTACT_ROLES).flatMap((role, index) => {
    const path = ['audience', 'roles', index];
    if (!reader.name('role', role, CONTACT_ROLES, path)) return [];
    if (roles && roles.indexOf(role) < index) reader.wrong(path, `the role "${role}" is listed twice`);
    return CONTACT_ROLES.filter((known) => known === role);
  });
}

export interface CheckedAudience {
  readonly audience: Playbook['audience'];
  /** What must be so of every account in it. */
  readonly claims: Claims;
  /** Facts without which nobody is in it. */
  readonly missing: readonly string[];
}

/** Checks who is written to; together with what the trigger claims somebody must be left. */
export function checkAudience(desk: Desk, trigger: Claims): CheckedAudience {
  const { when, maxPersons } = desk.value.audience;
  const roles = rolesOf(desk);
  if (when === undefined)
    return { audience: { when: null, roles, maxPersons }, claims: NO_CLAIMS, missing: [] };
  const path = ['audience', 'when'];
  const compiled = desk.account.condition(when, path);
  const { claims } = compiled;
  const clash = contradictionIn(trigger, claims);
  const alone = contradictionIn(trigger) ?? contradictionIn(claims);
  if (clash !== null && alone === null)
    desk.reader.wrong(path, `nobody of this audience ever meets the trigger: ${clash} exclude each other`);
  const missing = unknownFacts(compiled, desk.account);
  const condition = keep(desk, compiled, { path, missing: [] });
  return { audience: { when: condition, roles, maxPersons }, claims, missing };
}
