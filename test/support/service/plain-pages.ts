import express from 'express';
import type { ConsolePages } from '../../../src/entrypoints/http/session/console-part.js';
import { visitorOf } from '../../../src/entrypoints/http/session/visitors.js';

/** As little of a console as its log-in and its forms need. */
export const PLAIN_PAGES: ConsolePages = {
  assets: express.Router(),
  logIn: ({ failure }) => `<h1>Log in</h1><p>${failure ?? ''}</p>`,
  problem: () => (problem) => `<h1>${problem.status}</h1>`,
  pages: () => {
    const router = express.Router();
    router.get('/', (_request, response) => {
      const { user, csrf } = visitorOf(response);
      response.json({ ...user, csrf });
    });
    router.post('/change', (_request, response) => {
      response.json({ changed: visitorOf(response).asker.who });
    });
    router.post('/ask', (_request, response) => {
      response.json({ asked: true });
    });
    return router;
  },
  free: ['/ask'],
};
