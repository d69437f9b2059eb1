import { afterEach, beforeEach, describe } from '@jest/globals';
import type { StateStore } from '../../src/ports/state-store.js';
import { assessmentsContract } from './state-store/assessments.js';
import type { OpenStore } from './state-store/builders.js';
import { bundlesContract } from './state-store/bundles.js';
import { episodesContract } from './state-store/episodes.js';
import { keepingContract } from './state-store/keeping.js';
import { enrolmentContract } from './state-store/ledger.js';
import { ledgerLookUpsContract } from './state-store/ledger-look-ups.js';
import { personsContract } from './state-store/persons.js';
import { piecesContract } from './state-store/pieces.js';
import { planContract } from './state-store/plan.js';
import { publishedContract } from './state-store/published.js';
import { rowsContract } from './state-store/rows.js';
import { runsContract } from './state-store/runs.js';
import { sentContract } from './state-store/sent.js';
import { standingsContract } from './state-store/standings.js';
import { whileHeldContract } from './state-store/while-held.js';

/** What every state store does, whatever keeps it. */
export function stateStoreContract(name: string, open: OpenStore): void {
  describe(`${name} as a state store`, () => {
    let store: StateStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    rowsContract(() => store);
    sentContract(() => store);
    bundlesContract(() => store);
    assessmentsContract(() => store);
    standingsContract(() => store);
    planContract(() => store);
    enrolmentContract(() => store);
    ledgerLookUpsContract(() => store);
    episodesContract(() => store);
    personsContract(() => store);
    publishedContract(() => store);
    runsContract(() => store);
    keepingContract(() => store);
    piecesContract(() => store);
    whileHeldContract(() => store);
  });
}
