export interface AssociationType {
  readonly category: string;
  readonly typeId: number;
  readonly label: string | null;
}

export interface AssociationStore {
  /** Types between the two records; both directions are kept. */
  readonly link: (link: Link, types: readonly AssociationType[]) => void;
  /** Takes away some types, or all. */
  readonly unlink: (link: Link, types?: readonly AssociationType[]) => void;
  readonly of: (from: string, toKind: string) => readonly { to: string; types: readonly AssociationType[] }[];
}

/** Ends as `kind/id`. */
export interface Link {
  readonly from: string;
  readonly to: string;
}

/** Unlabelled and primary type ids, by direction (facts §2.5). */
const DEFAULT_TYPES: Readonly<Record<string, number>> = {
  'contacts/companies': 279,
  'companies/contacts': 280,
};
const INVERSE: Readonly<Record<number, number>> = { 279: 280, 280: 279, 1: 2, 2: 1 };

export function defaultType(fromKind: string, toKind: string): AssociationType | null {
  const typeId = DEFAULT_TYPES[`${fromKind}/${toKind}`];
  return typeId === undefined ? null : { category: 'HUBSPOT_DEFINED', typeId, label: null };
}

export function startAssociations(): AssociationStore {
  const links = new Map<string, Map<string, AssociationType[]>>();
  const add = ({ from, to }: Link, types: readonly AssociationType[]): void => {
    const ends = links.get(from) ?? new Map<string, AssociationType[]>();
    const kept = (ends.get(to) ?? []).filter((one) => !types.some((other) => other.typeId === one.typeId));
    ends.set(to, [...kept, ...types]);
    links.set(from, ends);
  };
  const take = ({ from, to }: Link, types?: readonly AssociationType[]): void => {
    const ends = links.get(from);
    const left = (ends?.get(to) ?? []).filter(
      (one) => types?.every((other) => other.typeId !== one.typeId) ?? false,
    );
    if (left.length > 0) ends?.set(to, left);
    else ends?.delete(to);
  };
  return {
    link: (link, types) => {
      add(link, types);
      add(turned(link), types.map(inverse));
    },
    unlink: (link, types) => {
      take(link, types);
      take(turned(link), types?.map(inverse));
    },
    of: (from, toKind) =>
      [...(links.get(from) ?? [])]
        .filter(([to]) => to.startsWith(`${toKind}/`))
        .map(([to, types]) => ({ to: to.slice(toKind.length + 1), types })),
  };
}

function turned({ from, to }: Link): Link {
  return { from: to, to: from };
}

function inverse(type: AssociationType): AssociationType {
  return { ...type, typeId: INVERSE[type.typeId] ?? type.typeId };
}
