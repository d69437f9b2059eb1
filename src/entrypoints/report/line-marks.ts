/** Lines differ by dash and shape, not by colour alone. */
export const DASHES = ['', '7 3', '2 3', '9 3 2 3', '4 4'] as const;

/** So many can be told apart in one picture. */
export const MOST_LINES = DASHES.length;

/** Circle, square, triangle, diamond, bar. */
export function shape(index: number, { x, y }: { readonly x: number; readonly y: number }): string {
  const r = 3.2;
  const shapes = [
    `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`,
    `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}Z`,
    `M${x} ${y - r - 1}L${x + r + 1} ${y + r}H${x - r - 1}Z`,
    `M${x} ${y - r - 1}L${x + r + 1} ${y}L${x} ${y + r + 1}L${x - r - 1} ${y}Z`,
    `M${x - r - 1} ${y - 1.5}h${2 * r + 2}v3h${-2 * r - 2}Z`,
  ];
  return shapes[index] ?? '';
}
