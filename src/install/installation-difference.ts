import type { InstalledPart, OrgPart } from '../ports/crm-installer.js';

/** What two orgs hold of ours, told apart. */
export interface InstallationDifference {
  readonly onlyHere: readonly OrgPart[];
  readonly onlyThere: readonly OrgPart[];
  readonly differing: readonly (OrgPart & {
    readonly here: readonly string[];
    readonly there: readonly string[];
  })[];
}

/** Parts that only one of two orgs has, and the lines by which the others differ. */
export function installationDifference(
  here: readonly InstalledPart[],
  there: readonly InstalledPart[],
): InstallationDifference {
  const [ours, theirs] = [byName(here), byName(there)];
  return {
    onlyHere: here.filter((part) => !theirs.has(keyOf(part))).map(named),
    onlyThere: there.filter((part) => !ours.has(keyOf(part))).map(named),
    differing: here.flatMap((part) => {
      const other = theirs.get(keyOf(part));
      if (other === undefined) return [];
      const lines = { here: beyond(part.lines, other.lines), there: beyond(other.lines, part.lines) };
      return lines.here.length + lines.there.length === 0 ? [] : [{ ...named(part), ...lines }];
    }),
  };
}

function byName(parts: readonly InstalledPart[]): ReadonlyMap<string, InstalledPart> {
  return new Map(parts.map((part) => [keyOf(part), part]));
}

function keyOf({ type, name }: OrgPart): string {
  return `${type} ${name}`;
}

function named({ type, name }: OrgPart): OrgPart {
  return { type, name };
}

function beyond(lines: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return lines.filter((line) => !known.has(line));
}
