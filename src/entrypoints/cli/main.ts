import { program } from './program.js';

// Started by an older Node that found this one (scripts/truenorth.mjs): who kills that one means this one.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.channel?.unref();

process.exitCode = await program(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  env: process.env,
});
