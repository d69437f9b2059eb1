import { rounded } from '../../facts/aggregate.js';
import type { GeneralMarketing } from '../../program/program-policy.js';
import { type Figure, type FigureTable, figureOf } from '../figure.js';
import { ANSWER_COLUMNS } from './answers.js';

const DEFINITION =
  'What your own marketing gets outside of playbooks, as generalMarketing in config/program.yaml says.';

/** What playbooks get, with what general marketing gets beneath it. Null where no playbook wrote to anybody. */
export function answersTable(playbooks: FigureTable | null, general: GeneralMarketing): FigureTable | null {
  if (playbooks === null) return null;
  const cells = ANSWER_COLUMNS.map((id): Figure | null => {
    const share = general[id];
    if (share === null) return null;
    const told = { value: rounded(share * 100, 1), n: 0, period: 'as configured' };
    return figureOf({ unit: 'percent', definition: DEFINITION }, told);
  });
  const unsaid = cells.every((cell) => cell !== null)
    ? []
    : [
        'Fill in generalMarketing in config/program.yaml from the reports of your marketing tool to have all of it side by side.',
      ];
  const row = { id: 'general', label: 'General marketing', cells };
  return { ...playbooks, rows: [...playbooks.rows, row], remarks: unsaid };
}
