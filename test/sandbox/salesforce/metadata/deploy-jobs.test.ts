import { describe, expect, it } from '@jest/globals';
import { startClock } from '../../../../src/sandbox/clock.js';
import { startMetadataOrg } from '../../../../src/sandbox/salesforce/metadata/metadata-org.js';
import { startOrg } from '../../../../src/sandbox/salesforce/store/start-org.js';
import { aPackage, EMPTY_BOOK, objectWith, SCORE } from './metadata-server.js';

describe('a deploy that was just asked for', () => {
  it('can be cancelled, and then does nothing', async () => {
    const clock = startClock(Date.parse('2026-03-01T09:00:00Z'), () => 0);
    const { org, deploys } = startMetadataOrg(startOrg({ seed: 7, clock, book: EMPTY_BOOK }));
    const zip = aPackage(
      { CustomField: ['Account.Score__c'] },
      { 'objects/Account.object': objectWith(SCORE) },
    );
    const options = {
      allowMissingFiles: false,
      autoUpdatePackage: false,
      checkOnly: false,
      ignoreWarnings: false,
      performRetrieve: false,
      purgeOnDelete: false,
      rollbackOnError: true,
      singlePackage: true,
      testLevel: null,
    };
    const { id } = deploys.start(zip, options, org.users.admin);

    expect(deploys.cancel(id)?.status).toBe('Canceled');

    const next = deploys.start(zip, { ...options, checkOnly: true }, org.users.admin);
    await new Promise((resolve) => setImmediate(resolve));
    expect(deploys.find(next.id)?.status).toBe('Succeeded');
    expect(org.schema.find('Account')?.field('Score__c')).toBeNull();
  });
});
