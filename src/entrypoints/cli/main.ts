import { program } from './program.js';

// Started by an older Node that found this one (scripts/truenorth.mjs): who kills that one means this one.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.channel?.unref();

// `truenorth explain … | head` closes the pipe early: nobody reads on, and that is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
}

process.exitCode = await program(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  env: process.env,
});
