import type { ShellName } from '../option-values.js';
import { bash } from './bash.js';
import { fish } from './fish.js';
import type { CompletionShell } from './interface.js';
import { zsh } from './zsh.js';

/** Every shell for which there is completion. */
export const completionShells: Readonly<Record<ShellName, CompletionShell>> = { bash, zsh, fish };
