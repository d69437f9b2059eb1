/** A name for everything that the page can show: what the module of the same name is where a mapping has it all. */
export const ACCOUNT_FIELDS = Object.fromEntries(
  [
    ...[
      'score',
      'band',
      'trend',
      'drivers',
      'driversDetail',
      'coverage',
      'modelBand',
      'bandSource',
      'bandSince',
    ],
    ...['scoreChangedOn', 'watermelon', 'pulse', 'pulseReason', 'pulseBy', 'pulseExpiresOn'],
    ...['tier', 'tierReason', 'tierSince', 'tierWaitingFor', 'activePlaybooks', 'lastEnrolmentOn'],
    ...['adoptionScore', 'engagementScore', 'relationshipScore', 'supportScore'],
    ...['commercialScore', 'sentimentScore', 'onboardingScore'],
  ].map((word) => [word, `Their_${word}__c`]),
);

export const SNAPSHOTS = {
  relationship: 'Health_Snapshots__r',
  object: 'Health_Snapshot__c',
  fields: { on: 'Snapshot_On__c', score: 'Score__c', band: 'Band__c' },
};
