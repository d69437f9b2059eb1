import { describe, expect, it } from '@jest/globals';
import type { ChannelId } from '../../../src/domain/engagement/channel.js';
import type { Channel } from '../../../src/ports/marketing.js';
import { channelOf, THE_SENDER, type Work } from './bench.js';

const SURGE = 'Support surge';

/** A list that starts something when somebody joins it. */
export function listContract(work: () => Work, id: ChannelId): void {
  const theList = (): Channel => channelOf(work().tool, id);

  describe('the list channel', () => {
    it('has a list once it is prepared, however often', async () => {
      const list = theList();
      expect(await list.exists(SURGE)).toBe(false);
      await list.prepare(SURGE);
      await list.prepare(SURGE);
      expect(await list.exists(SURGE)).toBe(true);
    });

    it('enrols who is not in it, says who was, and refuses a contact that does not exist', async () => {
      const list = theList();
      await list.prepare(SURGE);
      const ada = await work().requestFor('ada@example.org');
      const berta = await work().requestFor('berta@example.org');
      expect(await list.enrol(SURGE, [ada])).toEqual([{ key: ada.key, outcome: 'enrolled', made: null }]);
      const outcomes = await list.enrol(SURGE, [ada, berta, { ...berta, key: 'x', recordId: '999' }]);
      expect(outcomes.map((one) => [one.key, one.outcome])).toEqual([
        [ada.key, 'already'],
        [berta.key, 'enrolled'],
        ['x', 'refused'],
      ]);
    });

    it('takes two steps of one person for one joining', async () => {
      const list = theList();
      await list.prepare(SURGE);
      const ada = await work().requestFor('ada@example.org');
      const outcomes = await list.enrol(SURGE, [ada, { ...ada, key: 'second' }]);
      expect(outcomes.map((one) => one.outcome)).toEqual(['enrolled', 'already']);
    });

    it('reads back who is in it', async () => {
      const list = theList();
      await list.prepare(SURGE);
      const ada = await work().requestFor('ada@example.org');
      const berta = await work().requestFor('berta@example.org');
      await list.enrol(SURGE, [ada]);
      expect(await list.enrolled(SURGE, [ada, berta])).toEqual(new Map([[ada.key, '']]));
      expect(await list.enrolled('No such list', [ada])).toEqual(new Map());
    });

    it('lets people out, who may join again; others were not in it', async () => {
      const list = theList();
      await list.prepare(SURGE);
      const ada = await work().requestFor('ada@example.org');
      const berta = await work().requestFor('berta@example.org');
      await list.enrol(SURGE, [ada]);
      expect(await list.leave(SURGE, [ada, berta])).toEqual([
        { key: ada.key, outcome: 'left' },
        { key: berta.key, outcome: 'absent' },
      ]);
      expect(await list.leave(SURGE, [ada])).toEqual([{ key: ada.key, outcome: 'absent' }]);
      expect(await list.leave('No such list', [ada])).toEqual([{ key: ada.key, outcome: 'absent' }]);
      expect(await list.enrolled(SURGE, [ada])).toEqual(new Map());
      expect(await list.enrol(SURGE, [ada])).toMatchObject([{ outcome: 'enrolled' }]);
    });

    it('throws a config error for a list that does not exist', async () => {
      const ada = await work().requestFor('ada@example.org');
      await expect(theList().enrol('No such list', [ada])).rejects.toMatchObject({ kind: 'Config' });
    });

    it('tells neither touches nor a limit of the sender', async () => {
      await theList().prepare(SURGE);
      expect([await theList().touches(SURGE), await theList().room(THE_SENDER)]).toEqual([null, null]);
    });
  });
}
