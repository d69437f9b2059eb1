import { EXIT } from '../exit-codes.js';
import type { Folder } from '../invocation.js';
import type { Terminal } from '../terminal.js';

export interface InitFlags {
  readonly yes: boolean;
  readonly force: boolean;
}

/** `init`: drafts config/ and mappings/ for an org. */
export async function initCommand(_folder: Folder, _screen: Terminal, _flags: InitFlags): Promise<number> {
  return EXIT.done;
}
