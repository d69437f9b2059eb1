import { discardJob, retryJob } from '../../../../service/actions/jobs.js';
import { askWhatIf } from '../../../../service/actions/what-if.js';
import { absent } from '../../../../service/refusal.js';
import { systemView } from '../../../../service/views/system.js';
import { type Weights, weighedModels, whatIfOf, whatIfs } from '../../../../service/views/what-if.js';
import { SystemPage } from '../pages/system.js';
import { SAMPLES, WhatIfPage, weightField } from '../pages/what-if.js';
import { WhatIfAnswer, WhatIfAnswerPage } from '../pages/what-if-answer.js';
import { type Asked, does, type Form, type Routes, shows } from '../parts/shown.js';
import { linkTo } from '../parts/visit.js';

/** The service itself: how it is, and jobs that failed. */
export function addSystem(routes: Routes, realNow: () => number): void {
  shows(routes, '/system', async ({ desk, visit }) => {
    const view = await systemView(desk, { realNow: realNow(), admin: visit.user.scope === 'admin' });
    return <SystemPage visit={visit} view={view} />;
  });
  does(routes, '/system/jobs/retry', async ({ desk, visit, form, asker }) => {
    await retryJob(desk, form.text('id') ?? '', asker);
    return { to: linkTo(visit, 'system'), said: 'job-retried' };
  });
  does(routes, '/system/jobs/discard', async ({ desk, visit, form, asker }) => {
    await discardJob(desk, form.text('id') ?? '', asker);
    return { to: linkTo(visit, 'system'), said: 'job-discarded' };
  });
}

/** Other weights, tried on the stored book by an engine. */
export function addWhatIf(routes: Routes): void {
  shows(routes, '/what-if', async ({ desk, visit }) => {
    const models = weighedModels(desk.settings());
    const accounts = await desk.state.assessments.count();
    const asked = await whatIfs(desk.state.notes);
    const now = desk.clock.now();
    return <WhatIfPage visit={visit} models={models} accounts={accounts} asked={asked} now={now} />;
  });
  does(routes, '/what-if', async ({ desk, visit, form, asker }) => {
    const sample = SAMPLES.find((one) => one === form.number('sample')) ?? null;
    const id = await askWhatIf(desk, { weights: weightsIn(desk, form), sample }, asker);
    return { to: linkTo(visit, 'what-if', id), said: 'what-if-asked' };
  });
  shows(routes, '/what-if/:id', async (asked) => (
    <WhatIfAnswerPage visit={asked.visit} {...(await answerFor(asked))} />
  ));
  shows(routes, '/what-if/:id/answer', async (asked) => (
    <WhatIfAnswer visit={asked.visit} {...(await answerFor(asked))} />
  ));
}

/** A field that is no number is one that the action refuses. */
function weightsIn(desk: Asked['desk'], form: Form): Weights {
  return Object.fromEntries(
    weighedModels(desk.settings()).map(({ id, dimensions }) => [
      id,
      Object.fromEntries(
        dimensions.map((dimension) => [
          dimension.id,
          form.number(weightField(id, dimension.id)) ?? Number.NaN,
        ]),
      ),
    ]),
  );
}

async function answerFor({ desk, path }: Asked) {
  const question = await whatIfOf(desk.state.notes, path.id ?? '');
  if (question === null)
    throw absent({
      code: 'WHAT_IF_NOT_FOUND',
      message: 'That question is not kept any more.',
      action: 'Ask it again.',
      operation: 'look at a what-if',
    });
  return { question, models: weighedModels(desk.settings()) };
}
