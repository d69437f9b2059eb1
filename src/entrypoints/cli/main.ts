import { program } from './program.js';

process.exitCode = await program(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  env: process.env,
});
