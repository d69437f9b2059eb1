import { formatDay } from '../domain/day.js';
import { PAGE, type Run } from './context.js';
import { readControls } from './controls.js';
import { isTask, stepOf } from './engagement-item.js';

/**
 * The day of the last enrolment on the accounts of whom somebody was enrolled just now: the same value that their
 * next assessment will come to. One that is refused is planned again by that, as any other field.
 */
export async function mirrorEnrolments(run: Run): Promise<void> {
  const account = run.settings.crm.objects.find(({ kind }) => kind === 'account');
  const rule = run.settings.crm.write.find(({ fact }) => fact === 'lastEnrolmentOn');
  if (account === undefined || rule === undefined || run.absent.has(rule.field)) return;
  if ((await readControls(run.state.notes)).fields) return;
  const today = formatDay(run.today);
  for await (const page of run.state.plan.items(run.id, { kind: 'enrolment', status: 'done' }, PAGE)) {
    const ledger = await run.state.ledger.get(page.map(({ key }) => key));
    // Who was in it already was not enrolled by us today.
    const enrolled = page
      .filter((item) => !isTask(stepOf(item)) && ledger.get(item.key)?.status === 'enrolled')
      .map((item) => item.account);
    const held = await run.state.rows.heldOf(enrolled);
    const behind = [...held].filter(([, values]) => values[rule.field] !== today);
    if (behind.length === 0) continue;
    const changes = behind.map(([id]) => ({ id, values: { [rule.field]: today } }));
    for await (const outcomes of run.crm.write(account.object, changes)) {
      const written = outcomes.filter(({ ok }) => ok);
      await run.state.rows.setHeld(written.map(({ id }) => ({ id, held: { [rule.field]: today } })));
      for (const outcome of outcomes)
        if (!outcome.ok)
          run.log.warn('The day of an enrolment was refused', { run: run.id, code: outcome.refusal.code });
    }
  }
}
