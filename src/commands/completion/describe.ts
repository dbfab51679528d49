import type { Argument, Command, Option } from 'commander';
import { profileKinds } from '../../scenario/profiles/registry.js';
import { fieldPaths } from '../../scenario/reference.js';
import { kindAliases, topologyKinds } from '../../scenario/schema/topology.js';
import type { CommandShape, OptionShape, ProgramShape, Values } from './interface.js';

/** What the placeholders of options and arguments stand for, where it can be completed: `<dir>`, `[command]`. */
const placeholders: Readonly<Record<string, (program: Command) => Values>> = {
  scenario: () => ({ kind: 'files', extensions: ['yaml', 'yml'] }),
  file: () => ({ kind: 'files', extensions: [] }),
  dir: () => ({ kind: 'folders' }),
  'path=value': () => ({ kind: 'beginnings', words: fieldPaths().map(path => `${path}=`) }),
  'path=range': () => ({ kind: 'beginnings', words: fieldPaths().map(path => `${path}=`) }),
  'path=low..high': () => ({ kind: 'beginnings', words: fieldPaths().map(path => `${path}=`) }),
  'path,...': () => ({ kind: 'words', words: fieldPaths(), separator: ',' }),
  // A scenario may name its own; those of the kinds are names, too.
  'name,...': () => ({
    kind: 'words',
    words: [...topologyKinds, ...Object.keys(kindAliases)],
    separator: ',',
  }),
  profile: () => ({
    kind: 'words',
    words: Object.values(profileKinds).flatMap(kind => kind.profiles.map(({ name }) => name)),
  }),
  command: program => ({ kind: 'words', words: visible(program).map(command => command.name()) }),
};

/** The program as completion scripts need it, hidden commands and options left out. */
export function describe(program: Command): ProgramShape {
  return {
    name: program.name(),
    options: optionsOf(program, program),
    commands: visible(program).map(command => shapeOf(command, program)),
  };
}

function visible(program: Command): readonly Command[] {
  return program.createHelp().visibleCommands(program);
}

function shapeOf(command: Command, program: Command): CommandShape {
  const [argument] = command.registeredArguments;
  return {
    name: command.name(),
    summary: command.description(),
    options: optionsOf(command, program),
    operands:
      argument === undefined
        ? null
        : { name: argument.name(), values: valuesOf(argument, program), many: argument.variadic },
  };
}

function optionsOf(command: Command, program: Command): OptionShape[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map(option => ({
      long: (option.long ?? '').replace(/^-+/, ''),
      short: option.short?.replace(/^-+/, '') ?? null,
      summary: option.description,
      values: option.required || option.optional ? valuesOf(option, program) : null,
      // A list adds up when it is given again.
      repeatable: /path=value|,\.\.\./.test(option.flags),
    }));
}

function valuesOf(part: Option | Argument, program: Command): Values {
  if (part.argChoices !== undefined) return { kind: 'words', words: part.argChoices };
  const placeholder = 'flags' in part ? /[<[](.*)[>\]]/.exec(part.flags)?.[1] : part.name();
  return placeholders[placeholder ?? '']?.(program) ?? { kind: 'anything' };
}
