import {
  type CommandShape,
  type CompletionShell,
  identifier,
  type OptionShape,
  type ProgramShape,
  quoted,
  type Values,
} from './interface.js';

/**
 * Bash hands over the words up to the cursor; the `=` of `--option=value` is a word of its own there. Runs on bash
 * 3.2 too, which macOS has: without `compopt` there is a space after the name of a folder, and no more.
 */
export const bash: CompletionShell = {
  script: program => {
    const own = `_${identifier(program.name)}`;
    return `# bash completion for ${program.name}
# For this shell:  source <(${program.name} completion bash)
# For every shell: put that line into ~/.bashrc

${helpers(own)}
${own}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]}
  local command= operands=0 ended= after_equals= word i
  COMPREPLY=()
  if [[ $cur == = ]]; then
    cur= after_equals=yes
  elif [[ $prev == = ]]; then
    prev=\${COMP_WORDS[COMP_CWORD - 2]} after_equals=yes
  fi

  # Which command is it, and which of its arguments?
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $word == = ]]; then
      i=$((i + 1))
    elif [[ -n $ended || $word != -* ]]; then
      if [[ -z $command ]]; then command=$word; else operands=$((operands + 1)); fi
    elif [[ $word == -- ]]; then
      ended=yes
    else
      case "$command $word" in
        ${takers(program).join(' | ')})
          if [[ \${COMP_WORDS[i + 1]} != = ]]; then i=$((i + 1)); fi
          ;;
      esac
    fi
  done

  if [[ -z $ended ]]; then
    case "$command $prev" in
${optionValues(own, program)}
    esac
    if [[ -n $after_equals ]]; then return; fi
    if [[ $cur == -* ]]; then
      case $command in
${optionNames(own, program)}
      esac
      return
    fi
  fi

  case $command in
${operands(own, program)}
  esac
}

complete -F ${own} ${program.name}
`;
  },
};

/** The functions that find candidates for the word at the cursor. */
const helpers = (own: string): string => `# Candidates from standard input, one on each line.
${own}_add() {
  local one
  while IFS= read -r one; do COMPREPLY+=("$one"); done
}

${own}_words() {
  ${own}_add < <(compgen -W "$1" -- "$cur")
}

# Words after which something has to follow at once.
${own}_beginnings() {
  compopt -o nospace 2>/dev/null
  ${own}_words "$1"
}

# Several words with a separator between them, each once.
${own}_list() {
  local given= word words=
  case $cur in *"$1"*) given=\${cur%"$1"*}$1 ;; esac
  for word in $2; do
    case $1$given in *"$1$word$1"*) ;; *) words="$words $given$word" ;; esac
  done
  compopt -o nospace 2>/dev/null
  ${own}_words "$words"
}

${own}_folders() {
  compopt -o filenames 2>/dev/null
  ${own}_add < <(compgen -d -- "$cur")
}

${own}_files() {
  compopt -o filenames 2>/dev/null
  ${own}_add < <(compgen -f -- "$cur")
}

# Files with one of these extensions, and folders.
${own}_files_of() {
  local extension
  ${own}_folders
  for extension in "$@"; do ${own}_add < <(compgen -f -X "!*.$extension" -- "$cur"); done
}
`;

function call(own: string, values: Values): string {
  switch (values.kind) {
    case 'words':
      return values.separator === undefined
        ? `${own}_words ${quoted(values.words.join(' '))}`
        : `${own}_list ${quoted(values.separator)} ${quoted(values.words.join(' '))}`;
    case 'beginnings':
      return `${own}_beginnings ${quoted(values.words.join(' '))}`;
    case 'files':
      return values.extensions.length === 0
        ? `${own}_files`
        : `${own}_files_of ${values.extensions.map(quoted).join(' ')}`;
    case 'folders':
      return `${own}_folders`;
    case 'anything':
      return ':';
  }
}

const flagsOf = ({ short, long }: OptionShape): string[] =>
  short === null ? [`--${long}`] : [`-${short}`, `--${long}`];

/** `'run -o' | 'run --out'`, as patterns of a case. */
const patterns = (command: CommandShape, option: OptionShape): string[] =>
  flagsOf(option).map(flag => quoted(`${command.name} ${flag}`));

/** The options that take the next word. */
function takers({ commands }: ProgramShape): string[] {
  return commands.flatMap(command =>
    command.options.filter(option => option.values !== null).flatMap(option => patterns(command, option)),
  );
}

function optionValues(own: string, { commands }: ProgramShape): string {
  const lines = commands.flatMap(command =>
    command.options.flatMap(option =>
      option.values === null
        ? []
        : [`      ${patterns(command, option).join(' | ')}) ${call(own, option.values)}; return ;;`],
    ),
  );
  return lines.join('\n');
}

function optionNames(own: string, program: ProgramShape): string {
  const names = (options: readonly OptionShape[]): string => quoted(options.flatMap(flagsOf).join(' '));
  return [
    `        '') ${own}_words ${names(program.options)} ;;`,
    ...program.commands.map(({ name, options }) => `        ${name}) ${own}_words ${names(options)} ;;`),
  ].join('\n');
}

function operands(own: string, { commands }: ProgramShape): string {
  const lines = commands.flatMap(({ name, operands }) => {
    if (operands === null) return [];
    const complete = call(own, operands.values);
    return [
      operands.many
        ? `    ${name}) ${complete} ;;`
        : `    ${name}) if ((operands == 0)); then ${complete}; fi ;;`,
    ];
  });
  const names = quoted(commands.map(({ name }) => name).join(' '));
  return [`    '') ${own}_words ${names} ;;`, ...lines].join('\n');
}
