import type { SourceProblem } from './source-files.js';
import type { SourceWorld } from './source-world.js';

/** Files of page components: complete, well-referenced among themselves, and naming fields that exist. */
export function checkBundles(
  files: ReadonlyMap<string, string>,
  world: SourceWorld,
): readonly SourceProblem[] {
  const bundles = new Set([...files.keys()].map((path) => path.split('/').slice(0, -1).join('/')));
  const missing = [...bundles].flatMap((folder) => {
    const name = folder.slice(folder.lastIndexOf('/') + 1);
    return [`${name}.js`, `${name}.js-meta.xml`]
      .filter((file) => !files.has(`${folder}/${file}`))
      .map((file) => ({
        file: `${folder}/${file}`,
        line: 1,
        sentence: `The component ${name} lacks ${file}.`,
      }));
  });
  return [...missing, ...[...files].flatMap(([path, text]) => checkFile(path, text, { files, world }))];
}

interface Within {
  readonly files: ReadonlyMap<string, string>;
  readonly world: SourceWorld;
}

function checkFile(path: string, text: string, within: Within): readonly SourceProblem[] {
  if (path.endsWith('.html') && !/<template[\s>]/.test(text))
    return [{ file: path, line: 1, sentence: 'The root of a template is <template>.' }];
  if (!path.endsWith('.js')) return [];
  return text.split('\n').flatMap((line, index) =>
    [...importProblems(path, line, within), ...fieldProblems(line, within)].map((sentence) => ({
      file: path,
      line: index + 1,
      sentence,
    })),
  );
}

function importProblems(path: string, line: string, { files }: Within): readonly string[] {
  const [, name] = /(?:from|import)\s+['"](\.\/[^'"]+)['"]/.exec(line) ?? [];
  if (name === undefined) return [];
  const target = `${path.slice(0, path.lastIndexOf('/'))}/${name.slice(2)}`;
  return files.has(target) || files.has(`${target}.js`) ? [] : [`There is no file ${name}.`];
}

/** A name in quotes that ends in `__c` is an object or a field of some object. */
function fieldProblems(line: string, { world }: Within): readonly string[] {
  const names = [...line.matchAll(/['"](\w+__c)['"]/g)].map(([, name = '']) => name);
  const isKnown = (name: string): boolean =>
    world.fields.has(name) || [...world.fields.values()].some((own) => own.has(name));
  return names.filter((name) => !isKnown(name)).map((name) => `No object has the field ${name}.`);
}
