import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the folder in which test files of one run share servers. Starts none: most runs need none. */
export default function begin() {
  process.env.TEST_SERVICES_FOLDER = mkdtempSync(join(tmpdir(), 'truenorth-services-'));
  process.env.TEST_SERVICES_RUN = String(process.pid);
}
