/** Writes config/schemas/*.schema.json and docs/configuration.md from src/config. Run as `npm run reference`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const { generatedFiles } = await import(join(root, 'dist/config/reference/generated-files.js'));

for (const [path, text] of Object.entries(generatedFiles())) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(path);
}
