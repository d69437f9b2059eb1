import { STATUS_CODES } from 'node:http';
import type { Problem } from '../../problem.js';
import { Document, Sign } from '../parts/layout.js';

interface Props {
  readonly org: string;
  readonly base: string;
  readonly problem: Pick<Problem, 'status' | 'message' | 'actions' | 'code'>;
  readonly trace: string;
}

/** A request that was refused, in words, with what to do now. */
export function ProblemPage({ org, base, problem, trace }: Props) {
  const { status, message, actions, code } = problem;
  return (
    <Document title={`${STATUS_CODES[status] ?? 'Error'} · ${org}`} base={base}>
      <main id="main" class="log-in">
        <div class="brand">
          <Sign />
          <h1>
            {status === 404 ? 'Not found' : status >= 500 ? 'Something went wrong' : 'That was refused'}
          </h1>
        </div>
        <p dir="auto">{message}</p>
        <ul class="actions">
          {actions.map((action) => (
            <li key={action} dir="auto">
              {action}
            </li>
          ))}
        </ul>
        <p>
          <a href={`${base}/`}>Back to the overview</a>
        </p>
        <p class="quiet">
          {code} · trace <span class="id">{trace}</span>
        </p>
      </main>
    </Document>
  );
}
