/** `12,400`. */
export function count(n: number): string {
  return n.toLocaleString('en-US');
}

/** `1 touch`, `12,400 touches`. */
export function counted(n: number, one: string, several: string): string {
  return `${count(n)} ${n === 1 ? one : several}`;
}

/** A share (-1 to 1) as percent with at most one decimal: `12.5 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`;
}
