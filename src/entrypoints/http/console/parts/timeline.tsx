import type { Happening } from '../../../../sync/happenings.js';
import { dayText } from './words.js';

const SHOWN = 25;

/** What was decided, done and seen, newest first; the older of it is folded away. */
export function Timeline({ happenings }: { readonly happenings: readonly Happening[] }) {
  if (happenings.length === 0) return <p class="quiet">Nothing has been decided or done yet.</p>;
  const [first, rest] = [happenings.slice(0, SHOWN), happenings.slice(SHOWN)];
  return (
    <>
      <Lines happenings={first} />
      {rest.length > 0 && (
        <details class="more">
          <summary>{rest.length} earlier</summary>
          <Lines happenings={rest} />
        </details>
      )}
    </>
  );
}

function Lines({ happenings }: { readonly happenings: readonly Happening[] }) {
  return (
    <ol class="timeline">
      {happenings.map((happening, index) => (
        <li key={`${happening.day}${index}`} class={`kind-${happening.kind}`}>
          <time dateTime={happening.day}>{dayText(happening.day)}</time>
          <div>
            <p dir="auto">{happening.what}</p>
            <Place happening={happening} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function Place({
  happening: { playbook, step, channel, contact, why, run },
}: {
  readonly happening: Happening;
}) {
  const where = [
    playbook === null ? null : [playbook, step].filter((part) => part !== null).join(', step '),
    channel,
    contact === null ? null : `contact ${contact}`,
    run === null ? null : `run ${run}`,
  ].filter((part) => part !== null);
  if (where.length === 0 && why === null) return null;
  return (
    <p class="quiet" dir="auto">
      {[...where, ...(why === null ? [] : [why])].join(' · ')}
    </p>
  );
}
