import type { AskedTrial } from '../../../../service/views/trials.js';
import { Page } from '../parts/layout.js';
import { TrialAnswer } from '../parts/trial.js';
import { linkTo, type Visit } from '../parts/visit.js';

interface Props {
  readonly visit: Visit;
  readonly trial: AskedTrial;
  /** Of the playbook. */
  readonly label: string;
}

/** A trial of a playbook. */
export function TrialPage({ visit, trial, label }: Props) {
  return (
    <Page visit={visit} place="playbooks" title={`Trial of ${label}`}>
      <TrialAnswer visit={visit} trial={trial} />
      <p>
        <a href={linkTo(visit, 'playbooks', trial.playbook)}>Back to the playbook</a>
      </p>
    </Page>
  );
}
