import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxStart } from '../../src/sandbox/start.js';
import { anInstalledCompany, type Company } from './company.js';
import { keepPersonKey } from './end-state.js';

/** An installed company with much to do: every account is written, most have somebody to enrol. */
export async function aReadyCompany(start: Partial<SandboxStart> = {}): Promise<Company> {
  const company = await anInstalledCompany({ accounts: 30, ...start });
  makeReady(company, company.folder);
  return company;
}

/** The playbooks and the person key that make two folders of identical orgs comparable. */
function makeReady({ folder }: Company, dir: string = folder): void {
  keepPersonKey(dir);
  // Every day is a business day here, and nobody needs to look at a plan before it is carried out.
  writeFileSync(
    join(dir, 'config', 'engagement.yaml'),
    'calendar: { businessDays: [monday, tuesday, wednesday, thursday, friday, saturday, sunday] }\nbrakes: { share: 100 % }\n',
  );
  const playbook = (name: string, text: string): void =>
    writeFileSync(join(dir, 'config', 'playbooks', `${name}.yaml`), text);
  playbook(
    'welcome-list',
    welcome({ priority: 20, when: 'account.seats < 25', channel: 'hubspot-list', target: 'Welcome' }),
  );
  playbook(
    'welcome-sequence',
    welcome({
      priority: 10,
      when: 'account.seats >= 25',
      channel: 'hubspot-sequence',
      target: 'Renewal check-in',
    }),
  );
}

interface Welcome {
  readonly priority: number;
  readonly when: string;
  readonly channel: string;
  readonly target: string;
}

function welcome({ priority, when, channel, target }: Welcome): string {
  return `label: Welcome by ${channel}
priority: ${priority}
trigger:
  when: ${when}
  onFirstSight: fire
  reenter: never
audience:
  roles: [champion, user, sponsor, economic-buyer, other]
  maxPersons: 2
steps:
  - { id: hello, channel: ${channel}, target: ${target}, sender: account-owner }
holdout: 0 %
ignore: []
`;
}
