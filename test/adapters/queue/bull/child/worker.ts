import { handling } from '../../../../contracts/job-queue/bench.js';
import { SILENT } from '../../../../support/silent-log.js';
import { aBullQueue } from '../support.js';

const [url, prefix] = process.argv.slice(2).map(String);

// Takes a job, says so, and never ends it: whoever started this kills it.
await aBullQueue(String(url), { prefix: String(prefix), log: SILENT }).work(
  handling(({ id }) => {
    process.stdout.write(`${id}\n`);
    return new Promise(() => {});
  }),
  { piece: 2 },
);
