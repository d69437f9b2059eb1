import { NO_HOLD, setHold } from '../../../../service/actions/controls.js';
import { discardLetter, retryLetters } from '../../../../service/actions/dead-letters.js';
import { askTrial } from '../../../../service/actions/try-playbook.js';
import { lettersOf } from '../../../../service/views/dead-letters.js';
import { playbookLines, playbookView, requirePlaybook } from '../../../../service/views/playbooks.js';
import { knownTrial } from '../../../../service/views/trials.js';
import { readControls } from '../../../../sync/controls.js';
import { measureLift } from '../../../../sync/measure-lift.js';
import { LiftChart } from '../charts/lift.js';
import { ErrorsPage } from '../pages/errors.js';
import { PlaybookPage } from '../pages/playbook.js';
import { PlaybooksPage } from '../pages/playbooks.js';
import { TrialPage } from '../pages/trial.js';
import { namesOf } from '../parts/names.js';
import { type Asked, does, type Routes, shows } from '../parts/shown.js';
import { TrialAnswer } from '../parts/trial.js';
import { linkTo } from '../parts/visit.js';

const MOST_LETTERS = 100;

/** What was refused, and what becomes of it. */
export function addErrors(routes: Routes): void {
  shows(routes, '/errors', async ({ desk, visit }) => {
    const letters = await lettersOf(desk.state, MOST_LETTERS);
    const names = await namesOf(
      desk.state,
      letters.letters.map(({ account }) => account),
    );
    return <ErrorsPage visit={visit} letters={letters} names={names} />;
  });
  does(routes, '/errors/retry', async ({ desk, visit, form, asker }) => {
    const id = form.text('id');
    const { retried } = await retryLetters(desk, id === null ? 'all' : [id], asker);
    return { to: linkTo(visit, 'errors'), said: 'retried', many: retried };
  });
  does(routes, '/errors/discard', async ({ desk, visit, form, asker }) => {
    await discardLetter(desk, form.text('id') ?? '', asker);
    return { to: linkTo(visit, 'errors'), said: 'discarded' };
  });
}

/** Playbooks: the list, one with its lift, its trial, and pauses. */
export function addPlaybooks(routes: Routes): void {
  shows(routes, '/playbooks', async ({ desk, visit }) => {
    const { all } = await readControls(desk.state.notes);
    return <PlaybooksPage visit={visit} playbooks={await playbookLines(desk)} allPaused={all} />;
  });
  for (const verb of ['pause', 'resume'] as const) {
    does(routes, `/playbooks/${verb}`, async ({ desk, visit, asker }) => {
      await setHold(desk, { hold: { ...NO_HOLD, all: true }, on: verb === 'pause' }, asker);
      return { to: linkTo(visit, 'playbooks'), said: `${verb}d` };
    });
    does(routes, `/playbooks/:id/${verb}`, async ({ desk, visit, path, asker }) => {
      const playbook = path.id ?? '';
      await setHold(desk, { hold: { ...NO_HOLD, playbook }, on: verb === 'pause' }, asker);
      return { to: linkTo(visit, 'playbooks', playbook), said: `${verb}d` };
    });
  }
  shows(routes, '/playbooks/:id', onePlaybook);
  shows(routes, '/playbooks/:id/lift', async ({ desk, path }) => {
    const playbook = requirePlaybook(desk, path.id ?? '');
    if (playbook.goal === null) return <p class="quiet">It has no goal, so there is nothing to measure.</p>;
    if (playbook.holdout === 0)
      return <p class="quiet">Nobody is held out of it, so there is nobody to compare with.</p>;
    const [latest] = await desk.state.runs.list(1);
    return <LiftChart lift={await measureLift(desk.state, playbook, latest?.day ?? 0)} />;
  });
  addTrials(routes);
}

function addTrials(routes: Routes): void {
  does(routes, '/playbooks/:id/try', async ({ desk, visit, path, asker }) => {
    const playbook = path.id ?? '';
    const trial = await askTrial(desk, playbook, asker);
    return { to: linkTo(visit, 'playbooks', playbook, 'trials', trial), said: 'trial-asked' };
  });
  shows(routes, '/playbooks/:id/trials/:trial', async ({ desk, visit, path }) => {
    const trial = await knownTrial(desk.state.notes, path.trial ?? '');
    return <TrialPage visit={visit} trial={trial} label={requirePlaybook(desk, trial.playbook).label} />;
  });
  shows(routes, '/playbooks/:id/trials/:trial/answer', async ({ desk, visit, path }) => (
    <TrialAnswer visit={visit} trial={await knownTrial(desk.state.notes, path.trial ?? '')} />
  ));
}

async function onePlaybook({ desk, visit, path }: Asked) {
  const playbook = await playbookView(desk, path.id ?? '');
  const controls = await readControls(desk.state.notes);
  const names = await namesOf(
    desk.state,
    playbook.episodes.map(({ account }) => account),
  );
  const pausedItself = controls.playbooks.includes(playbook.id);
  return <PlaybookPage visit={visit} playbook={playbook} names={names} pausedItself={pausedItself} />;
}
