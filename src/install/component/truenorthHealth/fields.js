// Our words, and the API names that hold them: written anew from the mapping when the component is installed.
export const ACCOUNT_FIELDS = {
  score: 'Truenorth_Score__c',
  band: 'Truenorth_Band__c',
  trend: 'Truenorth_Trend__c',
  drivers: 'Truenorth_Drivers__c',
  driversDetail: 'Truenorth_Drivers_Detail__c',
  coverage: 'Truenorth_Coverage__c',
  modelBand: 'Truenorth_Model_Band__c',
  bandSource: 'Truenorth_Band_Source__c',
  bandSince: 'Truenorth_Band_Since__c',
  scoreChangedOn: 'Truenorth_Score_Changed_On__c',
  watermelon: 'Truenorth_Watermelon__c',
  tier: 'Truenorth_Tier__c',
  tierReason: 'Truenorth_Tier_Reason__c',
  tierSince: 'Truenorth_Tier_Since__c',
  tierWaitingFor: 'Truenorth_Tier_Waiting_For__c',
};

export const SNAPSHOTS = {
  relationship: 'Health_Snapshots__r',
  object: 'Health_Snapshot__c',
  fields: { on: 'Snapshot_On__c', score: 'Score__c', band: 'Band__c' },
};
