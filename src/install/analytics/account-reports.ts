import type { CrmRecordField, CrmRecordKind } from '../../ports/crm-records.js';
import type { Filter } from '../../ports/org-model.js';
import type { AccountColumns } from './account-columns.js';
import { childrenOf, fieldOf, grouped, is, isNot, since, upTo } from './columns.js';
import { chartOf, type ReportDraft } from './report-draft.js';
import { REPORT_TYPES } from './report-types.js';

const plain = (...fields: readonly (string | null)[]): ReportDraft['columns'] =>
  fields.flatMap((field) => (field === null ? [] : [{ field, summary: null }]));

/** A column of records that are joined to the account: `Account.Health_Snapshots__r$Band__c`. */
function joined<Kind extends CrmRecordKind>(
  { object }: AccountColumns,
  kind: Kind,
  field: CrmRecordField<Kind>,
): string {
  return `${object}.${childrenOf(kind)}$${fieldOf(kind, field)}`;
}

/** Reports on accounts; null where the mapping has not the fields that one needs. */
export interface AccountReports {
  readonly byBand: ReportDraft | null;
  readonly atRisk: ReportDraft | null;
  readonly waitingMoves: ReportDraft | null;
  readonly renewing: ReportDraft | null;
  readonly bandChanges: ReportDraft;
  readonly pulses: ReportDraft;
  readonly episodes: ReportDraft;
  readonly enrolled: ReportDraft;
  readonly advocates: ReportDraft;
}

export function accountReports(account: AccountColumns): AccountReports {
  return {
    byBand: byBand(account),
    atRisk: atRisk(account),
    waitingMoves: waitingMoves(account),
    renewing: renewing(account),
    bandChanges: bandChanges(account),
    pulses: pulses(account),
    episodes: episodes(account),
    enrolled: enrolled(account),
    advocates: advocates(account),
  };
}

/** Customers who have left, where a checkbox of the account says so. */
function stillCustomers({ churned }: AccountColumns): readonly Filter[] {
  return churned === null ? [] : [is(churned, '0')];
}

function leftOut({ churned }: AccountColumns): string {
  return churned === null ? '' : '; customers who left are not counted';
}

function byBand(account: AccountColumns): ReportDraft | null {
  const band = account.column('band');
  const tier = account.column('tier');
  if (band === null || tier === null) return null;
  const columns = plain(account.name, account.column('score'));
  return {
    label: 'Accounts by band and tier',
    text: `How many accounts stand in each health band, by tier${leftOut(account)}. Today, as the account says.`,
    type: REPORT_TYPES.accounts,
    columns,
    down: [grouped(tier), grouped(band)],
    filters: [isNot(band, ''), ...stillCustomers(account)],
    chart: chartOf({ columns }, 'stacked', { title: 'Accounts by band', groupBy: tier, thenBy: band }),
  };
}

function atRisk(account: AccountColumns): ReportDraft | null {
  const band = account.column('band');
  const tier = account.column('tier');
  if (band === null || tier === null) return null;
  return {
    label: 'Accounts at risk',
    text: `Accounts whose health band is risk, with what costs them the most points${leftOut(account)}. Today, as the account says.`,
    type: REPORT_TYPES.accounts,
    columns: plain(
      account.name,
      account.column('score'),
      account.column('drivers'),
      account.column('bandSince'),
      account.own('arr'),
    ),
    down: [grouped(tier)],
    filters: [is(band, 'risk'), ...stillCustomers(account)],
  };
}

function waitingMoves(account: AccountColumns): ReportDraft | null {
  const tier = account.column('tier');
  const waiting = account.column('tierWaitingFor');
  if (tier === null || waiting === null) return null;
  return {
    label: 'Tier moves that wait',
    text: 'Accounts that are about to move to another tier, once the calm rules allow it. Today.',
    type: REPORT_TYPES.accounts,
    columns: plain(account.name, waiting, account.column('tierReason'), account.column('tierSince')),
    down: [grouped(tier)],
    filters: [isNot(waiting, '')],
  };
}

function renewing(account: AccountColumns): ReportDraft | null {
  const renewalOn = account.own('renewalOn');
  const band = account.column('band');
  if (renewalOn === null || band === null) return null;
  return {
    label: 'Accounts that renew in 90 days',
    text: `Named accounts whose renewal day is today or within the next 90 days, by health band${leftOut(account)}. Today.`,
    type: REPORT_TYPES.accounts,
    columns: plain(
      account.name,
      renewalOn,
      account.own('arr'),
      account.column('tier'),
      account.column('score'),
      account.column('drivers'),
    ),
    down: [grouped(band)],
    filters: [since(renewalOn, 'TODAY'), upTo(renewalOn, 'NEXT_N_DAYS:90'), ...stillCustomers(account)],
  };
}

function bandChanges(account: AccountColumns): ReportDraft {
  const at = (field: CrmRecordField<'snapshot'>) => joined(account, 'snapshot', field);
  const columns = plain(account.name, at('bandBefore'), at('score'), at('drivers'));
  return {
    label: 'Band changes by month',
    text: 'Health snapshots that were taken because the band changed, by the month and the new band. The last 12 months.',
    type: REPORT_TYPES.snapshots,
    columns,
    down: [grouped(at('on'), 'month'), grouped(at('band'))],
    filters: [is(at('why'), 'band changed,band and tier changed'), since(at('on'), 'LAST_N_MONTHS:12')],
    chart: chartOf({ columns }, 'stacked', {
      title: 'Band changes',
      groupBy: at('on'),
      thenBy: at('band'),
    }),
  };
}

function pulses(account: AccountColumns): ReportDraft {
  const at = (field: CrmRecordField<'pulse'>) => joined(account, 'pulse', field);
  return {
    label: 'Health pulses in force',
    text: 'What people said of their accounts, by the health they saw: pulses whose last day has not passed. Today.',
    type: REPORT_TYPES.pulses,
    columns: plain(account.name, at('reason'), at('expiresOn'), account.column('band')),
    down: [grouped(at('value'))],
    filters: [since(at('expiresOn'), 'TODAY')],
  };
}

function episodes(account: AccountColumns): ReportDraft {
  const at = (field: CrmRecordField<'episode'>) => joined(account, 'episode', field);
  const columns = plain(account.name, at('startedOn'), at('endedBy'), at('goalReachedOn'));
  return {
    label: 'Playbook episodes by status',
    text: 'Runs of playbooks that began in the last 12 months, by playbook and how they stand. Accounts kept out are left out.',
    type: REPORT_TYPES.episodes,
    columns,
    down: [grouped(at('label')), grouped(at('status'))],
    filters: [since(at('startedOn'), 'LAST_N_MONTHS:12'), is(at('heldOut'), '0')],
    chart: chartOf({ columns }, 'stacked', {
      title: 'Episodes by playbook',
      groupBy: at('label'),
      thenBy: at('status'),
    }),
  };
}

function enrolled(account: AccountColumns): ReportDraft {
  const at = (field: CrmRecordField<'decision'>) => joined(account, 'decision', field);
  const columns = [
    { field: at('count'), summary: 'sum' as const },
    ...plain(account.name, at('contact'), at('playbook'), at('step')),
  ];
  return {
    label: 'Enrolments by month and channel',
    text: 'People who were enrolled, by month and channel. The last 12 months.',
    type: REPORT_TYPES.accountDecisions,
    columns,
    down: [grouped(at('on'), 'month'), grouped(at('channel'))],
    filters: [is(at('outcome'), 'enrolled'), since(at('on'), 'LAST_N_MONTHS:12')],
    chart: chartOf({ columns }, 'stacked', { title: 'Enrolments', groupBy: at('on'), thenBy: at('channel') }),
  };
}

function advocates(account: AccountColumns): ReportDraft {
  const at = (field: CrmRecordField<'advocate'>) => joined(account, 'advocate', field);
  const columns = plain(
    account.name,
    at('contact'),
    at('kind'),
    at('evidence'),
    at('askedOn'),
    at('givenOn'),
    at('restUntil'),
  );
  return {
    label: 'Advocates by willingness',
    text: 'Every customer who may speak for us, by what they said when asked. As the advocate records say today.',
    type: REPORT_TYPES.advocates,
    columns,
    down: [grouped(at('willing'))],
    chart: chartOf({ columns }, 'bar', { title: 'Advocates', groupBy: at('willing') }),
  };
}
