import { IntegrationError } from '../../ports/errors.js';
import { isPause } from '../../sync/pause.js';
import { EXIT } from './exit-codes.js';
import type { Terminal } from './terminal.js';

/** A command line that can't be understood; what is wrong with it has been said already. Returns the exit code. */
export function sayMisuse(terminal: Terminal, words: string): number {
  const actions = ['See `truenorth --help`, or `truenorth <command> --help`, for what there is.'];
  for (const action of actions) terminal.aside(`  → ${action}`);
  const message = words.replace(/^error: /, '');
  terminal.json({ status: 'failed', error: { code: 'USAGE', kind: 'Config', message, actions } });
  return EXIT.usage;
}

/** One clear error: what happened, what to do now. Returns the exit code. */
export function sayFailure(terminal: Terminal, error: unknown): number {
  const { colors, aside } = terminal;
  if (!(error instanceof IntegrationError)) {
    const message = error instanceof Error ? error.message : String(error);
    aside(colors.red(`This should not have happened: ${message}`));
    aside(
      'Nothing that was written is lost. Run the command again; if it happens again, please report it with var/log/truenorth.log.',
    );
    terminal.json({ status: 'failed', error: { code: 'UNEXPECTED', message } });
    return EXIT.failed;
  }
  aside(colors.red(error.message));
  for (const action of error.actions) aside(`  → ${action}`);
  const { code, kind, message, actions, retryable, provider, operation } = error;
  terminal.json({
    status: isPause(error) ? 'paused' : 'failed',
    error: { code, kind, message, actions, retryable, provider, operation },
  });
  if (isPause(error)) return EXIT.paused;
  return kind === 'Config' ? EXIT.usage : EXIT.failed;
}
