import { processBudgets } from '../../../../src/adapters/budget/process/index.js';
import { budgetsContract, SPAN } from '../../../contracts/budgets.js';
import { movedClock } from '../../../support/moved-clock.js';

budgetsContract('budgets of one process', async () => {
  const clock = movedClock(Date.UTC(2026, 10, 26, 9));
  const budgets = processBudgets({ clock, span: SPAN });
  return { workers: [budgets, budgets, budgets, budgets], now: clock.now, pass: clock.move };
});
