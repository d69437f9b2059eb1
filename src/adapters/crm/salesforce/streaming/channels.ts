/** The channel of an object's change events. */
export function channelOf(object: string): string {
  const custom = /^(.*)__c$/.exec(object)?.[1];
  return custom === undefined ? `/data/${object}ChangeEvent` : `/data/${custom}__ChangeEvent`;
}
