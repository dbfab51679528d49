/** What the command line will have, and says so instead of pretending not to know it. */

export const laterCommands = ['report'] as const;

export const laterOptions = ['report', 'init', 'verbose'] as const;

export function notYet(what: string): string {
  return `${what} is not yet available in this version`;
}
