import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { compileComponentFile } from './compile.mjs';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const COMPONENT = join(ROOT, 'src', 'install', 'component', 'truenorthHealth');
const SENT_AS_IT_IS = {
  '/': join(import.meta.dirname, 'record-page.html'),
  '/record-page.css': join(import.meta.dirname, 'record-page.css'),
  '/record-page.mjs': join(import.meta.dirname, 'record-page.mjs'),
  '/engine.js': join(ROOT, 'node_modules', '@lwc', 'engine-dom', 'dist', 'index.js'),
  '/synthetic-shadow.js': join(ROOT, 'node_modules', '@lwc', 'synthetic-shadow', 'dist', 'index.js'),
};
const TYPES = { html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8' };

/**
 * Serves a record page with the component on loopback: `/?case=NAME`. `cases` has a function for each name that answers
 * the wires; `fieldsModule` is the text of the component's module of field names.
 */
export async function servePage({ cases, fieldsModule }) {
  const server = createServer((request, response) => {
    answer(request, { cases, fieldsModule }).then(
      ({ type, text }) => response.writeHead(200, { 'content-type': type }).end(text),
      (problem) => response.writeHead(500).end(String(problem.message)),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}

async function answer(request, { cases, fieldsModule }) {
  const { pathname } = new URL(request.url, 'http://127.0.0.1');
  const [, room, name, wire] = pathname.split('/');
  if (room === 'wire') return json(await cases[name](wire, JSON.parse(await bodyOf(request))));
  if (room === 'lightning') return script(readFileSync(join(import.meta.dirname, 'lightning', name), 'utf8'));
  if (room === 'component') return script(name === 'fields' ? fieldsModule : componentModule(name));
  const path = SENT_AS_IT_IS[pathname];
  if (path === undefined) throw new Error(`nothing is served at ${pathname}`);
  return { type: TYPES[path.split('.').at(-1)] ?? 'text/javascript', text: readFileSync(path) };
}

/** Modules of the component name each other without an ending; a style that it does not have is an empty one. */
function componentModule(name) {
  const path = join(COMPONENT, name.includes('.') ? name : `${name}.js`);
  return existsSync(path)
    ? compileComponentFile(readFileSync(path, 'utf8'), path)
    : 'export default undefined;';
}

function script(text) {
  return { type: 'text/javascript', text };
}

function json(value) {
  return { type: 'application/json', text: JSON.stringify(value) };
}

async function bodyOf(request) {
  let text = '';
  for await (const piece of request) text += piece;
  return text;
}
