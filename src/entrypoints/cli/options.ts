import { type Command, InvalidArgumentError, Option } from 'commander';

/** Takes the exit code of a command. */
export type Finish = (code: number) => void;

/** Options that every command that works in a folder has. */
export function inFolder(command: Command): Command {
  return command
    .option('--dir <folder>', 'folder that holds config/, mappings/ and var/', '.')
    .option('--env-file <file>', 'file with TRUENORTH_… variables; `truenorth sandbox --env-file` writes one')
    .addOption(
      new Option(
        '--now <instant>',
        'instant (ISO 8601) that counts as now; refused against a production org',
      ).argParser(instant),
    )
    .option('--json', 'print one JSON object instead of text', false);
}

export function whole(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new InvalidArgumentError('It must be a whole number.');
  return number;
}

export function instant(text: string): number {
  const parsed = Date.parse(text);
  if (Number.isNaN(parsed))
    throw new InvalidArgumentError('It must be an ISO 8601 instant, like 2026-11-22T06:00:00Z.');
  return parsed;
}
