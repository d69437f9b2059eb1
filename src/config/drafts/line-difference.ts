const AROUND = 2;

/** One line of two texts: in both, or only in the one before or after. */
interface Line {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

/** What differs between two texts, line by line, as a patch shows it: `-` goes, `+` comes, with two lines around. */
export function lineDifference(before: string, after: string): readonly string[] {
  const lines = merged(before.trimEnd().split('\n'), after.trimEnd().split('\n'));
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ mark }) => mark !== ' '),
  );
  return lines.flatMap(({ mark, text }, at) => {
    if (near[at] === true) return [`${mark} ${text}`.trimEnd()];
    return near[at - 1] === true ? ['  …'] : [];
  });
}

/** Both texts in one list, by their longest common subsequence. */
function merged(a: readonly string[], b: readonly string[]): readonly Line[] {
  const common = lengthsOf(a, b);
  const lines: Line[] = [];
  for (let [i, j] = [0, 0]; i < a.length || j < b.length; ) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      lines.push({ mark: ' ', text: left });
      [i, j] = [i + 1, j + 1];
    } else if (
      right === undefined ||
      (left !== undefined && (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))
    ) {
      lines.push({ mark: '-', text: left ?? '' });
      i += 1;
    } else {
      lines.push({ mark: '+', text: right });
      j += 1;
    }
  }
  return lines;
}

/** By place in both texts: how many lines the rest of them has in common. */
function lengthsOf(a: readonly string[], b: readonly string[]): readonly (readonly number[])[] {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, () => 0)];
  for (const line of a.toReversed()) {
    const below = rows[0] ?? [];
    const row = Array.from({ length: b.length + 1 }, () => 0);
    for (let j = b.length - 1; j >= 0; j--)
      row[j] = line === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    rows.unshift(row);
  }
  return rows;
}
