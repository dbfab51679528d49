import {
  type CommandShape,
  type CompletionShell,
  identifier,
  type OptionShape,
  type ProgramShape,
  type Values,
} from './interface.js';

/** Fish has one `complete` for each thing that may stand somewhere, with a condition for where. */
export const fish: CompletionShell = {
  script: program => {
    const own = `__${identifier(program.name)}`;
    return `# fish completion for ${program.name}
# For this shell:  ${program.name} completion fish | source
# For every shell: ${program.name} completion fish > ~/.config/fish/completions/${program.name}.fish

# The arguments before the cursor that are neither options nor their values: the command, and its own.
function ${own}_words
  set -l tokens (commandline -opc)
  set -l words
  set -l skip
  set -l ended
  for token in $tokens[2..-1]
    if test -n "$skip"
      set skip
    else if test -z "$ended"; and string match -q -- '-?*' $token
      if test "$token" = --
        set ended yes
      else if contains -- "$words[1] $token" ${takers(program).map(quotedForFish).join(' ')}
        set skip yes
      end
    else
      set -a words $token
    end
  end
  if set -q words[1]
    printf '%s\\n' $words
  end
end

# Is the cursor behind this command, with at most so many arguments before it?
function ${own}_in
  set -l words (${own}_words)
  test (count $words) -gt 0; and test "$words[1]" = $argv[1]; and test (count $words) -le (math $argv[2] + 1)
end

function ${own}_no_command
  set -l words (${own}_words)
  test (count $words) -eq 0
end

# Several words with a separator between them, each once.
function ${own}_list
  set -l given (string match -r -- "^.*$argv[1]" (commandline -ct))
  set given (string replace -r -- '^-[^=]*=' '' "$given")
  for word in $argv[2..-1]
    contains -- $word (string split -- $argv[1] "$given"); or echo "$given$word"
  end
end

# Files with such a name, and folders.
function ${own}_files
  __fish_complete_path (commandline -ct) | string match -r -- '^[^\\t]*(?:/|'$argv[1]')(?:\\t.*)?$'
end

complete -c ${program.name} -f
${program.options.map(option => line(program, `${own}_no_command`, optionPart(own, option))).join('\n')}
${program.commands
  .map(({ name, summary }) =>
    line(program, `${own}_no_command`, `-a ${quotedForFish(name)} -d ${quotedForFish(summary)}`),
  )
  .join('\n')}
${program.commands.map(command => commandLines(own, program, command)).join('\n')}
`;
  },
};

/** More arguments than anyone gives. */
const MANY = 1_000_000;

function commandLines(own: string, program: ProgramShape, command: CommandShape): string {
  const { name, options, operands } = command;
  const lines = options.map(option => line(program, `${own}_in ${name} ${MANY}`, optionPart(own, option)));
  if (operands !== null) {
    const where = `${own}_in ${name} ${operands.many ? MANY : 0}`;
    lines.push(line(program, where, valuesPart(own, operands.values)));
  }
  return lines.join('\n');
}

const line = (program: ProgramShape, condition: string, part: string): string =>
  `complete -c ${program.name} -n ${quotedForFish(condition)} ${part}`;

function optionPart(own: string, { short, long, summary, values }: OptionShape): string {
  const flags = `${short === null ? '' : `-s ${short} `}-l ${long}`;
  const value = values === null ? '' : ` ${valuesPart(own, values)}`;
  return `${flags}${value} -d ${quotedForFish(summary)}`;
}

/** Nothing but these values: `-x`. */
function valuesPart(own: string, values: Values): string {
  switch (values.kind) {
    case 'words':
      return values.separator === undefined
        ? `-x -a ${quotedForFish(values.words.join(' '))}`
        : `-x -a ${quotedForFish(`(${own}_list ${values.separator} ${values.words.join(' ')})`)}`;
    case 'beginnings':
      return `-x -a ${quotedForFish(values.words.join(' '))}`;
    case 'files':
      return values.extensions.length === 0
        ? '-r -F'
        : `-x -a ${quotedForFish(`(${own}_files '\\.(?:${values.extensions.join('|')})')`)}`;
    case 'folders':
      return "-x -a '(__fish_complete_directories)'";
    case 'anything':
      return '-x';
  }
}

function takers({ commands }: ProgramShape): string[] {
  return commands.flatMap(({ name, options }) =>
    options
      .filter(option => option.values !== null)
      .flatMap(({ short, long }) => [`${name} --${long}`, ...(short === null ? [] : [`${name} -${short}`])]),
  );
}

/** In fish's single quotes a backslash escapes, too. */
const quotedForFish = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
