/** The words of a text, in order. */
function listOf(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

const FRONT = listOf(`
  Alder Amber Anchor Aspen Birch Blue Bright Cedar Clear Cobalt Copper Coral Delta Dune East Elm Ember
  Falcon Fern Field Flint Fox Glen Granite Green Harbor Hazel Heron Iron Ivory Juniper Keel Lake Lark
  Laurel Lumen Maple Marble Meadow Mill Moss North Oak Ocean Olive Orchard Otter Pebble Pine Quarry
  Raven Reed Ridge River Rowan Sable Sage Silver Slate Sparrow Spruce Stone Sun Swift Tall Thorn Tide
  Timber Vale Violet West Willow Winter Wren
`);
const BACK = listOf(`
  bank beam berg bridge brook bury cast crest dale field ford forge gate grove haven hill hold lane
  leaf line loft mark mere mont path peak point port reach scape shore side span stead vale view ware
  wave way wick works yard
`);
const FORM = [
  '',
  ' Inc.',
  ' GmbH',
  ' Ltd',
  ' AG',
  ' B.V.',
  ' SA',
  ' Group',
  ' LLC',
  ' Oy',
  ' S.r.l.',
  ' & Co. KG',
] as const;
const TRADE = [
  'Analytics',
  'Logistics',
  'Software',
  'Health',
  'Foods',
  'Energy',
  'Learning',
  'Payments',
  'Media',
  'Robotics',
  'Travel',
  'Retail',
  'Insurance',
  'Security',
  'Biotech',
  'Systems',
  'Mobility',
  'Legal',
  'Homes',
  'Studios',
] as const;
const FOREIGN = [
  'Müller & Söhne',
  'Åkerlund Teknik',
  'Łódzkie Zakłady',
  'Çelik Yazılım',
  'Société Générique',
  '東海データ',
  'Ñandú Servicios',
  'Øresund Marine',
  'Ελληνικά Δίκτυα',
  'Команда Север',
] as const;

export const FIRST_NAMES = listOf(`
  Ada Adam Aisha Alex Amir Ana Anders Anna Aoife Ben Bianca Carlos Chen Chloé Dana David Diego Elena
  Emma Erik Fatima Femi Freya Grace Hana Hugo Ines Ivan Jana Jonas José Julia Kenji Lars Lena Liam
  Łukasz Maja Marco Maria Mei Mia Nadia Noah Nora Olga Omar Paul Petra Priya Ravi Renée Rosa Sam Sara
  Sven Tariq Tom Uma Vera Viktor Yara Zoë 明
`);
export const LAST_NAMES = listOf(`
  Abbott Ahmed Andersen Bauer Becker Berg Bianchi Brandt Carter Castro Costa Cruz Dahl Diaz Dubois
  Ekström Eriksen Fischer Fontaine García Gruber Haas Hansen Hughes Ibrahim Ito Jansen Jensen Kaya
  Keller Khan Kim Kowalski Lang Larsen Lehmann Li Lopez Marino Martin Meyer Moreau Murphy Nagy Novak
  O'Brien Okafor Olsen Park Patel Petrov Ramos Rossi Sato Schäfer Silva Singh Smit Tanaka Torres Ueda
  Varga Vogel Walsh Weber Wójcik Yılmaz Zhang
`);

/** Industry as typed by people over the years: mostly the standard values, some in another case. */
export const INDUSTRIES = [
  'Technology',
  'Technology',
  'Technology',
  'Finance',
  'Finance',
  'Healthcare',
  'Healthcare',
  'Retail',
  'Manufacturing',
  'Manufacturing',
  'Education',
  'Media',
  'Telecommunications',
  'Transportation',
  'Consulting',
  'Energy',
  'technology',
  'RETAIL',
  'healthcare ',
] as const;
export const COUNTRIES = [
  'United States',
  'United States',
  'United States',
  'Germany',
  'Germany',
  'United Kingdom',
  'France',
  'Netherlands',
  'Sweden',
  'Poland',
  'Spain',
  'Italy',
  'Canada',
  'Australia',
  'Japan',
  'Brazil',
  'USA',
  'germany',
] as const;
const REGION: Readonly<Record<string, string>> = {
  'United States': 'Americas',
  USA: 'Americas',
  Canada: 'Americas',
  Brazil: 'Americas',
  Australia: 'APAC',
  Japan: 'APAC',
};
export const SOURCES = ['Web', 'Partner Referral', 'Phone Inquiry', 'Purchased List', 'Other'] as const;
export const CASE_SUBJECTS = [
  'Import stops half way',
  'Report shows wrong totals',
  'Cannot log in after update',
  'How do I add a colleague?',
  'Slow on Monday mornings',
  'Webhook not delivered',
  'Invoice question',
  'Permission missing for auditor',
  'Dashboard empty',
  'Time zone off by one hour',
  'API answers 500',
  'Mobile app closes by itself',
  'Export misses rows',
] as const;
export const LOST_REASONS = [
  'Price',
  'Missing feature',
  'Competitor',
  'Budget cut',
  'Sponsor left',
  'No decision',
  'Acquired',
] as const;

export function regionOf(country: string): string {
  return REGION[country] ?? 'EMEA';
}

export interface NameDraws {
  readonly front: number;
  readonly back: number;
  readonly form: number;
  readonly foreign: number;
}

function of(words: readonly string[], unit: number): string {
  return words[Math.floor(unit * words.length)] ?? '';
}

/** A company's name from four draws in [0, 1). */
export function companyName(draws: NameDraws): string {
  const form = of(FORM, draws.form);
  if (draws.foreign < 0.03) return `${of(FOREIGN, draws.foreign / 0.03)}${form}`;
  const trade = draws.foreign < 0.5 ? ` ${of(TRADE, (draws.foreign - 0.03) / 0.47)}` : '';
  return `${of(FRONT, draws.front)}${of(BACK, draws.back)}${trade}${form}`;
}

/** The company's name without form and trade, for its domain: letters only. */
export function companySlug(draws: Pick<NameDraws, 'front' | 'back'>): string {
  return (of(FRONT, draws.front) + of(BACK, draws.back)).toLowerCase();
}

const slugs = new Map<string, string>();

/** Letters and digits of a person's name, without accents, for addresses. */
export function slugOf(name: string): string {
  const known = slugs.get(name);
  if (known !== undefined) return known;
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
  slugs.set(name, slug);
  return slug;
}
