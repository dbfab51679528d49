/** Exit statuses of the command line; the one table that scripts may rely on. */
export const ExitCode = {
  ok: 0,
  internal: 1,
  badInput: 2,
  undecided: 98,
  objectiveMissed: 99,
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/**
 * Something that the user can put right: a bad scenario, a bad option, a file that is not there.
 * The message is complete (where, what, what is allowed) and is shown as it stands, without a stack.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}
