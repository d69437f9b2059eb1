/** A piece of a parsed file: a text, or pieces; `line` where it was read from one, from 1. */
export interface Piece {
  readonly name: string;
  readonly content: string | readonly Piece[];
  readonly line?: number;
}

/** One component as it stands in a file. */
export interface AnalyticsFile {
  readonly file: string;
  readonly type: string;
  readonly fullName: string;
  readonly content: readonly Piece[];
}

/** What is wrong with a component, in a sentence that names it. */
export interface AnalyticsProblem {
  readonly file: string;
  readonly line?: number;
  readonly type: string;
  readonly name: string;
  readonly sentence: string;
}

/** What analytics may refer to beside each other. */
export interface AnalyticsWorld {
  /** Field -> its metadata type (`Number`, `LongTextArea` …), '' where it is not known; undefined for no object. */
  readonly fields: (object: string) => ReadonlyMap<string, string> | undefined;
  /** The object behind a child relationship such as `Health_Snapshots__r`. */
  readonly child: (object: string, relationship: string) => string | undefined;
}

/** Says what is wrong at a piece of one file. */
export type Tell = (sentence: string, at?: Piece) => AnalyticsProblem;

export function telling({ file, type, fullName }: AnalyticsFile): Tell {
  return (sentence, at) => ({
    file,
    type,
    name: fullName,
    sentence,
    ...(at?.line === undefined ? {} : { line: at.line }),
  });
}

export function piecesOf(of: Piece | AnalyticsFile, name: string): readonly Piece[] {
  return typeof of.content === 'string' ? [] : of.content.filter((one) => one.name === name);
}

export function pieceOf(of: Piece | AnalyticsFile, name: string): Piece | undefined {
  return piecesOf(of, name)[0];
}

/** Trimmed; '' where there is none. */
export function textOf(of: Piece | AnalyticsFile | undefined, name: string): string {
  const content = of === undefined ? '' : (pieceOf(of, name)?.content ?? '');
  return typeof content === 'string' ? content.trim() : '';
}

export function textsOf(of: Piece | AnalyticsFile, name: string): readonly string[] {
  return piecesOf(of, name).map(({ content }) => (typeof content === 'string' ? content.trim() : ''));
}
