/**
 * The custom objects of ours in the CRM: which object holds a kind of record, by which field a record of it is
 * known from outside (null = people make them), and which field holds each of its values. `src/install/` gives
 * every one of them a label, a type and a help text; nothing else names these fields.
 */
export const CRM_RECORDS = {
  /** A person's judgement of an account's band. Made in the CRM; its creator and date are the truth. */
  pulse: {
    object: 'Health_Pulse__c',
    key: null,
    fields: {
      account: 'Account__c',
      value: 'Value__c',
      reason: 'Reason__c',
      expiresOn: 'Expires_On__c',
    },
  },
  /** An account's health and tier on a day: on every change of band or tier, and monthly. */
  snapshot: {
    object: 'Health_Snapshot__c',
    key: 'Key__c',
    fields: {
      account: 'Account__c',
      on: 'Snapshot_On__c',
      why: 'Why__c',
      score: 'Score__c',
      band: 'Band__c',
      bandSource: 'Band_Source__c',
      bandBefore: 'Band_Before__c',
      coverage: 'Coverage__c',
      tier: 'Tier__c',
      tierBefore: 'Tier_Before__c',
      tierReason: 'Tier_Reason__c',
      drivers: 'Drivers__c',
      revenue: 'Revenue__c',
    },
  },
  /** One run of one playbook for one account. */
  episode: {
    object: 'Playbook_Episode__c',
    key: 'Key__c',
    fields: {
      account: 'Account__c',
      playbook: 'Playbook__c',
      label: 'Playbook_Label__c',
      status: 'Status__c',
      startedOn: 'Started_On__c',
      endedOn: 'Ended_On__c',
      endedBy: 'Ended_By__c',
      heldOut: 'Held_Out__c',
      goalReachedOn: 'Goal_Reached_On__c',
    },
  },
  /** What was decided for one person at one step; refusals as counts per day, playbook and code unless asked for. */
  decision: {
    object: 'Enrolment_Decision__c',
    key: 'Key__c',
    fields: {
      account: 'Account__c',
      contact: 'Contact__c',
      episode: 'Episode__c',
      playbook: 'Playbook__c',
      step: 'Step__c',
      channel: 'Channel__c',
      target: 'Target__c',
      outcome: 'Outcome__c',
      code: 'Code__c',
      reason: 'Reason__c',
      on: 'Decided_On__c',
      count: 'Count__c',
    },
  },
  /** One number of the program for a period, a segment and a tier. */
  metric: {
    object: 'Program_Metric__c',
    key: 'Key__c',
    fields: {
      metric: 'Metric__c',
      label: 'Metric_Label__c',
      definition: 'Definition__c',
      periodKind: 'Period_Kind__c',
      period: 'Period__c',
      periodStart: 'Period_Start__c',
      periodEnd: 'Period_End__c',
      segment: 'Segment__c',
      tier: 'Tier__c',
      band: 'Band__c',
      value: 'Value__c',
      unit: 'Unit__c',
      numerator: 'Numerator__c',
      denominator: 'Denominator__c',
      sample: 'Sample__c',
      target: 'Target__c',
      targetDirection: 'Target_Direction__c',
      baseline: 'Baseline__c',
      met: 'Met__c',
      current: 'Current__c',
    },
  },
  /** A customer who may speak for us. Found by us; willing, asked, given and rest are people's to fill in. */
  advocate: {
    object: 'Advocate__c',
    key: 'Key__c',
    fields: {
      account: 'Account__c',
      contact: 'Contact__c',
      foundOn: 'Found_On__c',
      evidence: 'Evidence__c',
      kind: 'Kind__c',
      willing: 'Willing__c',
      askedOn: 'Asked_On__c',
      givenOn: 'Given_On__c',
      restUntil: 'Rest_Until__c',
    },
  },
  /** One run of the service. */
  run: {
    object: 'Sync_Run__c',
    key: 'Key__c',
    fields: {
      startedAt: 'Started_At__c',
      finishedAt: 'Finished_At__c',
      status: 'Status__c',
      summary: 'Summary__c',
      rowsRead: 'Rows_Read__c',
      accountsAssessed: 'Accounts_Assessed__c',
      recordsChanged: 'Records_Changed__c',
      enrolments: 'Enrolments__c',
      tasks: 'Tasks__c',
      refused: 'Refused__c',
      deferred: 'Deferred__c',
      errors: 'Errors__c',
      apiCalls: 'Api_Calls__c',
    },
  },
  /** A record that Salesforce refused to change, with what to do about it. Ticking `retry` has the next run try again. */
  error: {
    object: 'Sync_Error__c',
    key: 'Key__c',
    fields: {
      account: 'Account__c',
      record: 'Record_Id__c',
      object: 'Object__c',
      code: 'Code__c',
      message: 'Message__c',
      advice: 'Advice__c',
      run: 'Run__c',
      firstSeenOn: 'First_Seen_On__c',
      lastSeenOn: 'Last_Seen_On__c',
      attempts: 'Attempts__c',
      status: 'Status__c',
      retry: 'Retry__c',
    },
  },
} as const satisfies Record<string, CrmRecordShape>;

interface CrmRecordShape {
  readonly object: `${string}__c`;
  readonly key: 'Key__c' | null;
  readonly fields: Readonly<Record<string, `${string}__c`>>;
}

export type CrmRecordKind = keyof typeof CRM_RECORDS;
export type CrmRecordField<Kind extends CrmRecordKind> = keyof (typeof CRM_RECORDS)[Kind]['fields'];

/** Dates `YYYY-MM-DD`, datetimes ISO 8601 with `Z`. */
type WishValue = string | number | boolean | null;

/**
 * A record that the CRM should hold of ours: known by `key` (at most 80 characters), with the values that we answer
 * for. What is left out is not touched, null clears.
 */
export type RecordWish<Kind extends CrmRecordKind = CrmRecordKind> = {
  readonly [One in Kind]: {
    readonly kind: One;
    readonly key: string;
    readonly values: Readonly<Partial<Record<CrmRecordField<One>, WishValue>>>;
  };
}[Kind];
