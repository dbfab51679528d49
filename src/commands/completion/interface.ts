/** What completion scripts are made from: the command line as data. */

/** What may stand at a place of the command line. */
export type Values =
  | { readonly kind: 'anything' }
  /** `separator`: several of them, with this between one and the next. */
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly separator?: string }
  /** Words after each of which something has to follow at once: `server.threads=`. */
  | { readonly kind: 'beginnings'; readonly words: readonly string[] }
  /** Files with one of these extensions, or any; and folders on the way to them. */
  | { readonly kind: 'files'; readonly extensions: readonly string[] }
  | { readonly kind: 'folders' };

export interface OptionShape {
  /** Without dashes. */
  readonly long: string;
  readonly short: string | null;
  readonly summary: string;
  /** null: it is a switch. */
  readonly values: Values | null;
  readonly repeatable: boolean;
}

export interface CommandShape {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionShape[];
  /** What its arguments are; null where it takes none. */
  readonly operands: { readonly values: Values; readonly name: string; readonly many: boolean } | null;
}

export interface ProgramShape {
  readonly name: string;
  /** Before any command. */
  readonly options: readonly OptionShape[];
  readonly commands: readonly CommandShape[];
}

/** A shell for which there is completion. */
export interface CompletionShell {
  /** The script. It needs nothing but the shell. */
  readonly script: (program: ProgramShape) => string;
}

/** A name as part of a shell's function names. */
export const identifier = (name: string): string => name.replaceAll(/[^A-Za-z0-9]/g, '_');

/** A text in the single quotes of POSIX shells. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
