import type { Command, CommanderError, Option } from 'commander';
import { UserError } from '../errors.js';
import { nearest } from '../scenario/nearest.js';

/**
 * Makes every usage error of a program one message that says what was meant, or else what there is: commander tells
 * what is wrong, and this the rest.
 */
export function teachUsage(program: Command): void {
  for (const command of [program, ...program.commands]) {
    command.configureOutput({ outputError: () => {} }).showSuggestionAfterError(false);
    command.exitOverride(error => {
      throw isMistake(error) ? new UserError(explained(error, command, program)) : error;
    });
    for (const option of command.options) if (option.required) refuseOptionAsValue(option, command);
  }
  // Commander answers `rum --help` with the help of the whole program, as if all were well.
  program.on('beforeHelp', () => {
    const [topic] = program.args;
    if (topic !== undefined && !topic.startsWith('-') && commandCalled(topic, program) === undefined)
      refuseCommand(topic, program);
  });
}

/**
 * The command of this name.
 *
 * @throws UserError with the name that was probably meant.
 */
export function commandFor(name: string, program: Command): Command {
  return commandCalled(name, program) ?? refuseCommand(name, program);
}

function commandCalled(name: string, program: Command): Command | undefined {
  return program.commands.find(command => command.name() === name);
}

function refuseCommand(name: string, program: Command): never {
  throw new UserError(`error: unknown command '${name}'\n${commandHint(name, program)}`);
}

/** Help and the version come as errors, too; a program without a command gets its help, and a bad status. */
function isMistake(error: CommanderError): boolean {
  return error.exitCode !== 0 && error.code !== 'commander.help';
}

function explained(error: CommanderError, command: Command, program: Command): string {
  const hint = hintFor(error, command, program);
  return hint === '' ? error.message : `${error.message}\n${hint}`;
}

function hintFor({ code, message }: CommanderError, command: Command, program: Command): string {
  const [, name = ''] = /'(.*)'$/s.exec(message) ?? [];
  switch (code) {
    case 'commander.unknownCommand':
      return commandHint(name, program);
    case 'commander.unknownOption':
      return optionHint(name, command, program);
    case 'commander.missingArgument':
    case 'commander.excessArguments':
      return `(Usage: ${command.name() === program.name() ? '' : `${program.name()} `}${command.name()} ${command.usage()})`;
    default:
      return '';
  }
}

function commandHint(name: string, program: Command): string {
  // `valet-sim scenario.yaml` most likely means `valet-sim run scenario.yaml`.
  if (/\.ya?ml$/i.test(name)) return `(Did you mean "${program.name()} run ${name}"?)`;
  const known = program
    .createHelp()
    .visibleCommands(program)
    .map(each => each.name());
  const near = nearest(name, known);
  return near === undefined ? `(The commands are ${listed(known)}.)` : `(Did you mean ${near}?)`;
}

function optionHint(written: string, command: Command, program: Command): string {
  const flag = written.replace(/=.*/s, '');
  const helper = program.createHelp();
  const near = nearestOption(flag, helper.visibleOptions(command));
  // A flag that another command has is no misspelling, but one in the wrong place.
  const owners = helper
    .visibleCommands(program)
    .filter(each => each.options.some(option => !option.hidden && isFlagOf(flag, option)))
    .map(each => each.name());
  if (owners.length > 0 && command === program)
    return `(It is an option of ${listed(owners)}, and stands behind the command.)`;
  if (owners.length > 0 && near === undefined) return `(It is an option of ${listed(owners)}.)`;
  if (near !== undefined) return `(Did you mean ${near}?)`;
  const path = command === program ? program.name() : `${program.name()} ${command.name()}`;
  return `("${path} --help" shows the options.)`;
}

/** The flag that was probably meant; a single letter only in its other case. */
function nearestOption(flag: string, options: readonly Option[]): string | undefined {
  const flags = options
    .flatMap(({ long, short }) => [long, short])
    .filter(one => one !== undefined && one !== null);
  const bare = (one: string): string => one.replace(/^-+/, '');
  const near = nearest(bare(flag), flags.map(bare));
  return flags.find(one => bare(one) === near || one.toLowerCase() === flag.toLowerCase());
}

/** `--seed --set x=1` has forgotten the seed; commander would take `--set` for it. */
function refuseOptionAsValue(option: Option, command: Command): void {
  const { parseArg } = option;
  option.argParser((value: string, previous: unknown) => {
    if (
      command
        .createHelp()
        .visibleOptions(command)
        .some(other => isFlagOf(value, other))
    )
      throw new UserError(
        `error: option '${option.flags}' argument missing\n(What follows is ${value}, another option.)`,
      );
    return parseArg === undefined ? value : parseArg(value, previous);
  });
}

function isFlagOf(text: string, { long, short }: Option): boolean {
  return text === long || text === short;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
