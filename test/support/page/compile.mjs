import { basename, extname } from 'node:path';
import { transformSync } from '@lwc/compiler';

/** A file of a component (JavaScript, template or style) as the module that the Lightning engine runs. */
export function compileComponentFile(text, path) {
  const name = basename(path, extname(path));
  return transformSync(text, path, { name, namespace: 'c' }).code;
}
