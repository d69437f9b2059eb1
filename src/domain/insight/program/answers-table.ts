import { rounded } from '../../facts/aggregate.js';
import { ALL } from '../../program/metric-ids.js';
import type { GeneralMarketing } from '../../program/program-policy.js';
import { type Figure, type FigureTable, figureOf, figureOfRecord } from '../figure.js';
import type { FindRecord } from './record-tables.js';

const DEFINITION =
  'What your own marketing gets outside of playbooks, as generalMarketing in config/program.yaml says.';

/** Which number of playbooks stands above which of general marketing. */
const COLUMNS = [
  { id: 'opened', label: 'Opened', metric: 'messages-opened' },
  { id: 'clicked', label: 'Clicked', metric: 'messages-clicked' },
  { id: 'replied', label: 'Answered', metric: 'messages-answered' },
] as const;

const UNSAID =
  'Fill in generalMarketing in config/program.yaml from the reports of your marketing tool, with how many people it wrote to, to have all of it side by side.';

/** What playbooks get, with what general marketing gets beneath it. Null where no playbook wrote to anybody. */
export function answersTable(find: FindRecord, general: GeneralMarketing): FigureTable | null {
  const records = COLUMNS.map(({ metric }) => find(metric, ALL));
  if (records.every((record) => record === undefined || record.sample === 0)) return null;
  const cells = records.map((record) => (record === undefined ? null : figureOfRecord(record)));
  const beneath = generalCells(general);
  const said = beneath.some((cell) => cell !== null);
  const row = { id: 'general', label: 'General marketing', cells: beneath };
  return {
    id: 'answers',
    title: 'What people do with messages of playbooks',
    rowHead: 'Sent by',
    columns: COLUMNS.map(({ id, label }) => ({ id, label })),
    rows: [{ id: 'Playbooks', label: 'Playbooks', cells }, ...(said ? [row] : [])],
    chart: null,
    remarks: beneath.every((cell) => cell !== null) ? [] : [UNSAID],
  };
}

/** A share of nobody knows how many says nothing: it is not told. */
function generalCells(general: GeneralMarketing): readonly (Figure | null)[] {
  const { people } = general;
  return COLUMNS.map(({ id }): Figure | null => {
    const share = general[id];
    if (share === null || people === null) return null;
    const told = { value: rounded(share * 100, 1), n: people, period: 'as configured' };
    return figureOf({ unit: 'percent', definition: DEFINITION }, told);
  });
}
