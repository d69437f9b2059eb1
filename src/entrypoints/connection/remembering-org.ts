import type { Crm } from '../../ports/crm.js';

/** Who we talk to is asked more than once and does not change meanwhile; an answer that never came is asked for again. */
export function rememberingOrg(crm: Crm): Crm {
  let asked: ReturnType<Crm['org']> | null = null;
  const ask = (): ReturnType<Crm['org']> => {
    const answer = crm.org();
    answer.catch(() => {
      if (asked === answer) asked = null;
    });
    return answer;
  };
  return {
    ...crm,
    org: () => {
      asked ??= ask();
      return asked;
    },
  };
}
