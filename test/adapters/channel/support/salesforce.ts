import type { Crm } from '../../../../src/ports/crm.js';
import type { EnrolmentRequest } from '../../../../src/ports/marketing.js';
import type { Row } from '../../../../src/sandbox/salesforce/schema/types.js';
import type { Book } from '../../../../src/sandbox/salesforce/store/base-rows.js';
import { anEnrolment } from '../../../contracts/channel.js';
import { anEmbeddedOrg, type EmbeddedOrg } from '../../crm/salesforce/support/embedded.js';

/** The embedded org, our adapter on it, and customers who come one by one. */
export interface SalesforceBench {
  readonly org: EmbeddedOrg;
  readonly crm: Crm;
  /** An account with one contact, new each time. */
  readonly customer: () => EnrolmentRequest;
  /** Rows that are in sight and not deleted. */
  readonly rows: (object: string) => readonly Row[];
  /** Requests of the adapter, log-ins and descriptions apart. */
  readonly calls: () => number;
  /** Carries the next insert out and loses the answer. */
  readonly loseNextInsert: () => void;
}

export async function aSalesforceBench(book: Partial<Book> = {}): Promise<SalesforceBench> {
  const org = await anEmbeddedOrg(book);
  const { crm } = org.connect();
  let customers = 0;
  return {
    org,
    crm,
    customer: () => {
      customers += 1;
      const [account = ''] = org.plant('Account', [{ Name: `Customer ${customers}` }]);
      const [contactId = ''] = org.plant('Contact', [{ LastName: `C${customers}`, AccountId: account }]);
      return anEnrolment({ key: `episode/step/${customers}`, account, contactId, recordId: contactId });
    },
    rows: (object) => {
      const table = org.server.org.table(object);
      return Array.from({ length: table.slotCount() }, (_, slot) => table.rowAt(slot)).flatMap((row) =>
        row === null || row.IsDeleted === true ? [] : [row],
      );
    },
    calls: () => {
      const { token = 0, describe = 0, ...rest } = crm.usage().calls;
      return Object.values(rest).reduce((sum, count) => sum + count, 0);
    },
    loseNextInsert: () =>
      org.server.faults.set({
        kind: 'reset',
        match: '^POST .*/composite/sobjects$',
        times: 1,
        afterBytes: 0,
      }),
  };
}
