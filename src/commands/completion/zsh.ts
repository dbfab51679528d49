import {
  type CommandShape,
  type CompletionShell,
  identifier,
  type OptionShape,
  quoted,
  type Values,
} from './interface.js';

/** Zsh has `_arguments`, which knows options, their values and arguments from one line for each. */
export const zsh: CompletionShell = {
  script: program => {
    const own = `_${identifier(program.name)}`;
    return `#compdef ${program.name}
# zsh completion for ${program.name}
# For this shell:  source <(${program.name} completion zsh)
# For every shell: ${program.name} completion zsh > DIR/_${program.name}, where DIR stands in $fpath before compinit runs

${own}() {
  local context state state_descr line curcontext=$curcontext
  typeset -A opt_args
  _arguments -C \\
${[...program.options.map(option => optionSpec(option)), quoted('1:command:->command'), quoted('*::argument:->arguments')].map(spec => `    ${spec}`).join(' \\\n')}

  case $state in
    command)
      local -a commands=(
${program.commands.map(({ name, summary }) => `        ${quoted(`${name}:${summary}`)}`).join('\n')}
      )
      _describe -t commands command commands
      ;;
    arguments)
      case $words[1] in
${program.commands.map(commandCase).join('\n')}
      esac
      ;;
  esac
}

# Loaded from $fpath it is called as the completion itself; otherwise it has to be registered.
if [[ $funcstack[1] == _${program.name} || $funcstack[1] == ${own} ]]; then
  ${own} "$@"
else
  compdef ${own} ${program.name}
fi
`;
  },
};

function commandCase(command: CommandShape): string {
  const specs = [...command.options.map(optionSpec), ...operandSpecs(command)];
  return `        ${command.name})
          _arguments -s \\
${specs.map(spec => `            ${spec}`).join(' \\\n')}
          ;;`;
}

function operandSpecs({ operands }: CommandShape): string[] {
  if (operands === null) return [];
  return [quoted(`${operands.many ? '*' : '1'}:${escaped(operands.name)}:${action(operands.values)}`)];
}

function optionSpec({ short, long, summary, values, repeatable }: OptionShape): string {
  const flags = short === null ? [`--${long}`] : [`-${short}`, `--${long}`];
  const value = values === null ? '' : `:${escaped(long)}:${action(values)}`;
  const text = `[${summary.replaceAll(/[\\[\]:]/g, '\\$&')}]${value}`;
  // Given once, an option is not offered again, nor is its other spelling.
  const exclusive = repeatable ? '*' : `(${flags.join(' ')})`;
  // --option takes its value from the next word or after =; -o from the next word or the rest of its own.
  const spelt = flags.map(flag => (values === null ? flag : flag.startsWith('--') ? `${flag}=` : `${flag}+`));
  return spelt.map(flag => quoted(`${exclusive}${flag}${text}`)).join(' ');
}

const escaped = (text: string): string => text.replaceAll(':', '\\:');

function action(values: Values): string {
  switch (values.kind) {
    case 'words':
      return values.separator === undefined
        ? `(${values.words.join(' ')})`
        : `_sequence -s ${values.separator} compadd - ${values.words.join(' ')}`;
    case 'beginnings':
      return `compadd -S "" - ${values.words.join(' ')}`;
    case 'files':
      return values.extensions.length === 0 ? '_files' : `_files -g "*.(${values.extensions.join('|')})"`;
    case 'folders':
      return '_files -/';
    case 'anything':
      return ' ';
  }
}
