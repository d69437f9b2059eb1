import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import express, { type Router } from 'express';

const OWN = join(import.meta.dirname, 'assets');
const HTMX = createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js');

const FILES = [
  { name: 'console.css', type: 'text/css; charset=utf-8', file: join(OWN, 'console.css') },
  { name: 'sign.svg', type: 'image/svg+xml', file: join(OWN, 'sign.svg') },
  { name: 'htmx.js', type: 'text/javascript; charset=utf-8', file: HTMX },
];

const HOUR_S = 3600;

/** The files that pages name, read once: three of them, and nothing else is served. */
export function assets(): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  for (const { name, type, file } of FILES) {
    const content = readFileSync(file);
    router.get(`/${name}`, (_request, response) => {
      response.setHeader('Cache-Control', `public, max-age=${HOUR_S}`);
      response.setHeader('Content-Type', type);
      response.send(content);
    });
  }
  return router;
}
