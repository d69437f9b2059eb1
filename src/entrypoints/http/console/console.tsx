import express, { type Router } from 'express';
import { render } from 'preact-render-to-string';
import type { ConsolePages } from '../session/console-part.js';
import { assets } from './assets.js';
import { LogIn } from './pages/log-in.js';
import { ProblemPage } from './pages/problem.js';
import { addBook } from './routes/book.js';
import { addPlans, addRuns } from './routes/runs.js';
import { addSystem, addWhatIf } from './routes/service.js';
import { addErrors, addPlaybooks } from './routes/work.js';

/** The console: what people see of the service, and what they change in it. */
export function consolePages(realNow: () => number): ConsolePages {
  return {
    assets: assets(),
    logIn: (page) => `<!doctype html>${render(<LogIn {...page} />)}`,
    problem: (page) => (problem, trace) =>
      `<!doctype html>${render(<ProblemPage {...page} problem={problem} trace={trace} />)}`,
    pages: (desk, base): Router => {
      const router = express.Router({ caseSensitive: true, strict: true });
      const routes = { router, desk, base };
      addBook(routes, realNow);
      addRuns(routes);
      addPlans(routes);
      addErrors(routes);
      addPlaybooks(routes);
      addWhatIf(routes);
      addSystem(routes, realNow);
      return router;
    },
    free: [],
  };
}
