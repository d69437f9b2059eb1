import pc from 'picocolors';

/** Where commands speak: results on one side, everything that accompanies them on the other. */
export interface Terminal {
  /** A line of the result. Silent when `--json` asked for one object instead. */
  readonly say: (line?: string) => void;
  /** A line beside the result: warnings, advice. Always on the error stream. */
  readonly aside: (line: string) => void;
  /** The one object of `--json`. */
  readonly json: (value: unknown) => void;
  readonly asJson: boolean;
  readonly interactive: boolean;
  readonly colors: ReturnType<typeof pc.createColors>;
  readonly write: (text: string) => void;
}

export interface TerminalOptions {
  readonly json: boolean;
  /** NO_COLOR is set, or the output is no terminal. */
  readonly plain: boolean;
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

const ESCAPE = String.fromCharCode(27);
/** Names come from the CRM: of what steers a terminal only lines, tabs and colours are let through. */
const STEERING = new RegExp(`(?!\\n|\\t|${ESCAPE}\\[[0-9;]*m)\\p{Cc}`, 'gu');

export function terminal({ json, plain, out, err }: TerminalOptions): Terminal {
  return {
    say: (line = '') => {
      if (!json) out.write(`${line.replace(STEERING, '')}\n`);
    },
    aside: (line) => {
      err.write(`${line.replace(STEERING, '')}\n`);
    },
    json: (value) => {
      if (json) out.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    asJson: json,
    interactive: err.isTTY === true && !json,
    colors: pc.createColors(!plain),
    write: (text) => {
      err.write(text);
    },
  };
}
