/** A book with everything mapped that any shipped playbook reads. */
export const MAPPING = `
objects:
  account:
    object: Account
    attributes:
      name: Name
      arr: ARR__c
      seats: Seats__c
      featuresEntitled: Features_Entitled__c
      customerSince: Customer_Since__c
      renewalOn: Renewal_Date__c
      ownerId: OwnerId
      ownerEmail: Owner.Email
      csmId: CSM__c
      csmName: CSM__r.Name
      csmEmail: CSM__r.Email
      wantsContact: Wants_Contact__c
      valuePerception: Value_Perception__c
      criteriaAgreedOn: Criteria_Agreed__c
      criteriaReviewedOn: Criteria_Reviewed__c
      daysOverdue: Days_Overdue__c
      churned: Churned__c
      churnedOn: Churned_On__c
      incidentSince: Incident_Since__c
      engagementLocked: Engagement_Locked__c
      createdAt: CreatedDate
  opportunity:
    object: Opportunity
    accountField: AccountId
    attributes:
      type: { field: Type, translate: { New Business: new } }
      stage: StageName
      closed: IsClosed
      won: IsWon
      amount: Amount
      closeOn: CloseDate
      createdAt: CreatedDate
  case:
    object: Case
    accountField: AccountId
    attributes:
      openedAt: CreatedDate
      closedAt: ClosedDate
      closed: IsClosed
      priority: Priority
      escalated: IsEscalated
      csat: CSAT__c
      firstResponseAt: First_Response_At__c
      cause: Cause__c
      expansionHint: Expansion_Hint__c
      contactId: ContactId
  contact:
    object: Contact
    accountField: AccountId
    attributes:
      firstName: FirstName
      lastName: LastName
      email: Email
      role: Role__c
      optedOut: HasOptedOutOfEmail
      bouncedAt: EmailBouncedDate
      left: Left_Company__c
      createdAt: CreatedDate
      userCreatedOn: Product_User_Since__c
      lastLoginOn: Last_Login__c
  usage:
    object: Product_Usage__c
    accountField: Account__c
    attributes:
      on: On__c
      feature: Feature__c
      count: Times__c
      activeUsers: Active_Users__c
      keyActions: Key_Actions__c
      errors: Errors__c
  survey:
    object: Survey_Answer__c
    accountField: Account__c
    attributes:
      answeredOn: Answered_On__c
      kind: Kind__c
      score: Score__c
      contactId: Contact__c
  activity:
    object: Touchpoint__c
    accountField: Account__c
    attributes:
      on: On__c
      kind: Kind__c
      twoWay: Two_Way__c
      outcome: Outcome__c
  request:
    object: Customer_Request__c
    accountField: Account__c
    attributes:
      receivedAt: CreatedDate
      kind: Kind__c
      answeredAt: First_Answer__c
      resolved: Resolved__c
      contactId: Contact__c
write:
  score: Truenorth_Score__c
  band: Truenorth_Band__c
  bandSince: Truenorth_Band_Since__c
  tier: { field: Truenorth_Tier__c, onNull: leave }
  tierSince: { field: Truenorth_Tier_Since__c, onNull: leave }
  phase: Truenorth_Phase__c
  stage: Truenorth_Stage__c
`;
