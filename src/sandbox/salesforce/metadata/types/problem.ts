/** What a deploy has to say against a component, and where in its file. */
export interface Problem {
  readonly problem: string;
  readonly problemType: 'Error' | 'Warning';
  readonly line: number;
  readonly column: number;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

export function error(problem: string, at: Place): Problem {
  return { problem, problemType: 'Error', line: at.line, column: at.column };
}

export function warning(problem: string, at: Place): Problem {
  return { problem, problemType: 'Warning', line: at.line, column: at.column };
}

export function isError(problem: Problem): boolean {
  return problem.problemType === 'Error';
}
