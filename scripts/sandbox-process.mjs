// `truenorth sandbox` as a process of its own, for scripts that prove or measure against it.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** `truenorth sandbox --json`: its first line of JSON says how to get in. */
export async function startSandbox({ node, program, envFile, accounts, now }) {
  const args = ['sandbox', '--accounts', String(accounts), '--seed', '11', '--env-file', envFile, '--json'];
  if (now) args.push('--now', now);
  // `--`, because Node itself takes every --env-file that it sees before one, even behind the program (seen 24.21).
  const child = spawn(node, ['--', program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const line of createInterface({ input: child.stdout })) {
    text += line;
    const access = parsed(text);
    if (access?.salesforce) return { sandbox: child, salesforce: access.salesforce, hubspot: access.hubspot };
  }
  throw new Error('the sandbox ended before it said how to get in (is the program built?)');
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
