function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const swap = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(swap, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The part after the last dot is what people remember: `open` should find `cases.open`. */
function distance(found: string, name: string): number {
  const whole = editDistance(found.toLowerCase(), name.toLowerCase());
  const tail = name.slice(name.lastIndexOf('.') + 1);
  if (tail === name || found.includes('.')) return whole;
  return Math.min(whole, editDistance(found.toLowerCase(), tail.toLowerCase()) + 0.5);
}

/** The right name that `found` most looks like, or null when none comes near. */
function nearestName(found: string, names: Iterable<string>): string | null {
  const limit = Math.max(2, Math.ceil(found.length / 3));
  let best: { readonly name: string; readonly distance: number } | null = null;
  for (const name of names) {
    const apart = distance(found, name);
    if (apart <= limit && (best === null || apart < best.distance)) best = { name, distance: apart };
  }
  return best?.name ?? null;
}

/** `; did you mean "cases.open"?`, or the whole choice when it is short, or nothing. */
export function didYouMean(found: string, names: Iterable<string>): string {
  const all = [...names];
  const near = nearestName(found, all);
  if (near !== null) return `; did you mean "${near}"?`;
  return all.length > 0 && all.length <= 8 ? `; possible: ${all.join(', ')}` : '';
}
