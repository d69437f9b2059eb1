/** A bar as a drawing: no style in the page, and nothing to read for those who do not see it. `parts` are shares (0-1). */
export function Bar({
  parts,
  className,
}: {
  readonly parts: readonly { readonly from: number; readonly to: number; readonly class: string }[];
  readonly className?: string;
}) {
  return (
    <svg
      class={className ?? 'barline'}
      viewBox="0 0 1000 10"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {parts.map(({ from, to, class: kind }) => (
        <rect
          key={`${kind}${from}`}
          class={kind}
          x={thousandths(from)}
          y="0"
          width={thousandths(to - from)}
          height="10"
        />
      ))}
    </svg>
  );
}

function thousandths(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 1000);
}
