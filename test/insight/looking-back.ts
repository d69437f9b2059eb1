import { lookingBackCondition } from '../../src/compose.js';
import { readEnvironment } from '../../src/config/env.js';
import type { Condition } from '../../src/domain/facts/fact.js';
import { folderOf } from '../../src/entrypoints/cli/invocation.js';
import { lookAt } from '../../src/entrypoints/cli/look.js';
import { NO_LOG } from '../../src/entrypoints/connection/log-file.js';
import { runClock } from '../../src/entrypoints/connection/run-clock.js';
import type { StateStore } from '../../src/ports/state-store.js';
import { lookAtState } from '../../src/sync/account-today.js';
import type { Run } from '../../src/sync/context.js';
import type { Company } from '../support/company.js';

/** What a look back at a company's state is given. */
export interface LookingBack {
  readonly run: Run;
  readonly state: StateStore;
  readonly condition: (option: '--outcome' | '--among', text: string) => Condition;
}

/** The state that a company's last run left, as `backtest` opens it. */
export function lookingBack<T>(
  { folder, envFile, sandbox }: Company,
  task: (look: LookingBack) => Promise<T>,
): Promise<T> {
  const around = folderOf({
    folder,
    environment: readEnvironment(envFile),
    clock: runClock(sandbox.now()),
    log: NO_LOG,
  });
  return around.withState(async (state) => {
    const { connected, ...tools } = lookAt(around, state);
    const { run } = await lookAtState(tools, connected);
    const condition: LookingBack['condition'] = (option, text) =>
      lookingBackCondition(option, text, tools.settings);
    return task({ run, state, condition });
  });
}
