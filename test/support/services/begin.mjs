import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the folder in which test files of one run share servers. Starts none: most runs need none. */
export default function begin() {
  process.env.TRUENORTH_TEST_SERVICES = mkdtempSync(join(tmpdir(), 'truenorth-services-'));
  process.env.TRUENORTH_TEST_RUN = String(process.pid);
}
