/** One signal: no open case is 100, `from` of them are 0. Below 40 is `risk`, from 70 `healthy`. */
export function healthByCases(from: number): string {
  return `
models:
  - id: one
    dimensions:
      support: { weight: 10, signals: { openCases: { weight: 10, curve: { linear: { from: ${from}, to: 0 } } } } }
`;
}
