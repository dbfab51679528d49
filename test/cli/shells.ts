import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A shell with a completion script in it. */
export interface CompletingShell {
  readonly name: 'bash' | 'zsh' | 'fish';
  /** Arguments with which the shell only parses a script. */
  readonly parse: readonly string[];
  /** What it offers for the last word of a line; of zsh, the line as it stands after the Tab key. */
  readonly complete: (script: string, line: string, folder: string) => string[];
}

export function isInstalled(shell: string): boolean {
  return spawnSync(shell, ['--version']).status === 0;
}

/** Calls the function that is registered for the command with the words as bash would split them. */
const bash: CompletingShell = {
  name: 'bash',
  parse: ['--norc', '--noprofile', '-n'],
  complete: (script, line, folder) => {
    const driver = `source "$1"; shift
      registered=$(complete -p valet-sim); registered=\${registered#*-F }
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); "\${registered%% *}"
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const words = line.split(' ').flatMap(word => word.split(/(?==)|(?<==)/));
    return lines(run('bash', ['--norc', '--noprofile', '-c', driver, 'bash', script, ...words], folder));
  },
};

/** Types the line and the Tab key into a terminal, and has the editor tell what stands there then. */
const zsh: CompletingShell = {
  name: 'zsh',
  parse: ['-f', '-n'],
  complete: (script, line, folder) => {
    const driver = join(folder, '.driver.zsh');
    writeFileSync(
      driver,
      `zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PROMPT=; autoload -Uz compinit; compinit -u -d $1.dump; source $1
  tell() { print -r -- '<<'\\"\\$BUFFER\\"'>>' }; zle -N tell; bindkey '^X' tell; bindkey '^I' complete-word"
zpty -w -n z "$2"$'\\t\\x18'
while zpty -r z out; do all+=$out; if [[ $all == *'<<valet'*'>>'* ]]; then break; fi; done
print -r -- \${\${all##*'<<'}%%'>>'*}
zpty -d z
`,
    );
    return lines(run('zsh', ['-f', driver, script, line], folder));
  },
};

const fish: CompletingShell = {
  name: 'fish',
  parse: ['--no-config', '-n'],
  complete: (script, line, folder) =>
    lines(run('fish', ['--no-config', '-c', 'source $argv[1]; complete -C $argv[2]', script, line], folder))
      .map(one => one.split('\t')[0]!)
      .map(one => one.replace(/^--[^=]+=(?=.)/, '')),
};

export const shells: readonly CompletingShell[] = [bash, zsh, fish];

function run(shell: string, args: readonly string[], folder: string): string {
  return execFileSync(shell, args, { cwd: folder, encoding: 'utf8', timeout: 30_000 });
}

const lines = (text: string): string[] => text.split('\n').filter(line => line !== '');
