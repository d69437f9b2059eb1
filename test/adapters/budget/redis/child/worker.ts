import { redisBudgets } from '../../../../../src/adapters/budget/redis/index.js';
import { SILENT } from '../../../../support/silent-log.js';

const [url, prefix, asks] = process.argv.slice(2).map(String);
const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
const budgets = redisBudgets({ url: String(url), prefix: String(prefix), clock, log: SILENT });
const budget = budgets.calls('crm', { share: 0.25, ceiling: 0.8, spentBefore: 0 });
const answers = await Promise.all(Array.from({ length: Number(asks) }, () => budget.take(1, null)));
process.stdout.write(`${answers.filter(Boolean).length}\n`);
await budgets.close();
