import { diagnose, type Finding } from '../../../install/diagnose.js';
import { type Controls, holdsOf, readControls } from '../../../sync/controls.js';
import { contestedNow, contestedSentence } from '../../../sync/quarrels.js';
import type { Session } from '../../connection/session.js';
import { EXIT } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';

/** `doctor`: what is missing, in plain words, and the one command or click that mends it. */
export async function doctorCommand(session: Session, terminal: Terminal): Promise<number> {
  const { crm, marketing, channels, settings, state, clock } = session.tools;
  const found = await diagnose({
    crm,
    marketing,
    channels,
    settings,
    installer: session.installer,
    deadLetters: state.deadLetters,
    published: state.published,
    now: clock.now(),
    contested: (await contestedNow(state.notes)).map((one) => ({
      ...one,
      sentence: contestedSentence(one),
    })),
  });
  const findings = [...found, ...pauseFindings(await readControls(state.notes))];
  terminal.json({ healthy: findings.every(({ level }) => level !== 'problem'), findings });
  for (const finding of findings) sayFinding(terminal, finding);
  const problems = findings.filter(({ level }) => level === 'problem').length;
  terminal.say();
  terminal.say(
    problems === 0 ? 'Ready.' : `${problems} ${problems === 1 ? 'thing stands' : 'things stand'} in the way.`,
  );
  return problems === 0 ? EXIT.done : EXIT.usage;
}

function pauseFindings(controls: Controls): readonly Finding[] {
  const { all, fields, playbooks, channels } = controls;
  const options = [
    ...(all ? ['--all'] : []),
    ...(fields ? ['--fields'] : []),
    ...playbooks.map((id) => `--playbook ${id}`),
    ...channels.map((id) => `--channel ${id}`),
  ];
  return holdsOf(controls).map((what, nth) => ({
    level: 'note',
    what: `Paused by hand: ${what}`,
    mend: `truenorth resume ${options[nth]}`,
  }));
}

function sayFinding({ say, colors }: Terminal, { level, what, mend }: Finding): void {
  const mark = { fine: colors.green('✓'), note: colors.yellow('•'), problem: colors.red('✗') }[level];
  say(`${mark} ${what}`);
  if (mend !== null) say(`    → ${mend}`);
}
