/** Seats that say which playbook an account is meant for; fewer than ten are the goal of both. */
export const SEATS = { journey: 150_000, notice: 250_000, goal: 5 };

/** All six channels, on successive business days from a Monday on. */
export const JOURNEY = `
label: Journey
priority: 50
trigger: { when: account.seats > 100000 && account.seats < 200000, onFirstSight: fire, reenter: never }
audience: { roles: [champion, user, sponsor, economic-buyer, other], maxPersons: 1 }
steps:
  - { id: list, day: 1, channel: hubspot-list, target: Journey list }
  - id: outreach
    day: 2
    channel: outreach-sequence
    target: Renewal 90 days
    sender: account-owner
    touches: { count: 1, days: 1 }
  - { id: sequence, day: 3, channel: hubspot-sequence, target: Getting started, sender: account-owner }
  - { id: campaign, day: 4, channel: salesforce-campaign, target: Journey campaign }
  - id: call
    day: 5
    task: { subject: Call them, description: Ask how it goes, kind: call, owner: account-owner, dueIn: 1 }
  - { id: event, day: 8, channel: webhook, target: journey.finished }
goal: { when: account.seats < 10, withinDays: 60 }
holdout: 0 %
`;

/** Outreach first, HubSpot after it. */
export const NOTICE = `
label: Notice
priority: 40
trigger: { when: account.seats > 200000, onFirstSight: fire, reenter: never }
audience: { roles: [champion, user, sponsor, economic-buyer, other], maxPersons: 1 }
steps:
  - { id: outreach, day: 1, channel: outreach-sequence, target: Quiet account, sender: account-owner }
  - { id: list, day: 2, channel: hubspot-list, target: Notice list }
holdout: 0 %
`;
