import { openServiceStore, type Surroundings } from '../../../compose.js';
import { type Forgotten, forgetPerson } from '../../../service/forget/forget-person.js';
import type { Session } from '../../connection/session.js';
import { EXIT } from '../exit-codes.js';
import { commandAsker } from '../os-user.js';
import { personalFiles } from '../personal-files.js';
import type { Terminal } from '../terminal.js';

export interface Forgetting {
  readonly who: string;
  readonly apply: boolean;
}

/** `forget`: somebody is taken out of everything that Truenorth keeps and of the marketing tools; without `--apply` only what would go is shown. */
export async function forgetCommand(
  folder: Surroundings,
  session: Session,
  { terminal, who, apply }: Forgetting & { readonly terminal: Terminal },
): Promise<number> {
  const store = await openServiceStore(folder);
  try {
    const { tools, realNow } = session;
    const files = personalFiles(folder.folder, folder.log);
    const forgotten = await forgetPerson({ tools, store, files, realNow }, who, {
      apply,
      asker: commandAsker(),
    });
    terminal.json(forgotten);
    if (!terminal.asJson) say(terminal, forgotten);
    return EXIT.done;
  } finally {
    await store.close();
  }
}

function say({ say: tell, colors }: Terminal, forgotten: Forgotten): void {
  const { state, files, left, tools, remains, proof } = forgotten;
  const places = [...Object.entries({ ...state, ...files, ...left }), ...Object.entries(tools)];
  tell(colors.bold(proof === null ? 'What would be taken out' : 'What was taken out'));
  for (const [place, found] of places) tell(`  ${place}: ${found}`);
  if (places.length === 0) tell('  Nothing is kept about them.');
  for (const sentence of remains) tell(`  ${colors.yellow('•')} ${sentence}`);
  tell(
    proof === null
      ? 'Nothing was changed. With --apply all this goes for good; only a keyed hash stays, so that nobody writes to them again.'
      : `The proof is in ${proof}.`,
  );
}
