import { describe, expect, it } from '@jest/globals';
import { memoryChannel } from '../../../../src/adapters/channel/memory/index.js';
import { anEnrolment } from '../../../contracts/channel.js';

const [a, b] = ['a', 'b'].map((key) => anEnrolment({ key, recordId: `r-${key}` }));
const both = [a, b].flatMap((request) => request ?? []);
const told = (outcomes: readonly { readonly outcome: string }[]) => outcomes.map(({ outcome }) => outcome);

describe('A channel in memory', () => {
  it('fails as it was told, for one request or all of one call', async () => {
    const channel = memoryChannel({ id: 'salesforce-campaign' });
    channel.fail({ during: 'enrol', as: 'refused', key: 'b' });
    channel.fail({ during: 'enrol', as: 'unclear' });
    expect(told(await channel.enrol('t', both))).toEqual(['enrolled', 'refused']);
    expect(told(await channel.enrol('t', both))).toEqual(['unclear', 'unclear']);
    expect(told(await channel.enrol('t', both))).toEqual(['already', 'enrolled']);
  });

  it('does nothing in a call that is thrown, nor after an unclear one unless it was told to', async () => {
    const channel = memoryChannel({ id: 'salesforce-campaign' });
    channel.fail({ during: 'enrol', as: 'thrown' });
    await expect(channel.enrol('t', both)).rejects.toMatchObject({ kind: 'Transient', retryable: true });
    channel.fail({ during: 'enrol', as: 'unclear' });
    await channel.enrol('t', both);
    expect(channel.deeds()).toEqual([]);
  });

  it('keeps the answer of a leaving to itself, and what was done', async () => {
    const channel = memoryChannel({ id: 'salesforce-campaign' });
    await channel.enrol('t', both);
    channel.fail({ during: 'leave', as: 'unclear', key: 'a', done: true });
    expect(told(await channel.leave('t', both))).toEqual(['unclear', 'left']);
    expect(channel.deeds()).toEqual([
      { deed: 'enrolled', target: 't', key: 'a' },
      { deed: 'enrolled', target: 't', key: 'b' },
      { deed: 'left', target: 't', key: 'a' },
      { deed: 'left', target: 't', key: 'b' },
    ]);
  });

  it('holds a person alone where it is exclusive', async () => {
    const channel = memoryChannel({ id: 'outreach-sequence' });
    await channel.enrol('t', both.slice(0, 1));
    expect(await channel.enrol('other', both)).toMatchObject([
      { outcome: 'refused', refusal: { code: 'ALREADY_ENROLLED' } },
      { outcome: 'enrolled' },
    ]);
    await channel.leave('t', both.slice(0, 1));
    expect(told(await channel.enrol('t', both.slice(0, 1)))).toEqual(['already']);
    expect(told(await channel.enrol('other', both.slice(0, 1)))).toEqual(['enrolled']);
  });
});
