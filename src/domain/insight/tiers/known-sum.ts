/** Sum of what is known; null where there are values and none of them is known: that is not nothing. */
export function knownSum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 && values.length > 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** How many are not known. */
export function unknownIn(values: readonly (number | null)[]): number {
  return values.filter((value) => value === null).length;
}
