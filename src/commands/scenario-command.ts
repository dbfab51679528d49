import { type Command, Option } from 'commander';
import { UserError } from '../errors.js';
import { laterOptions, notYet } from './later.js';
import { names, positive, share } from './option-values.js';

/** A command that reads scenarios, with the options that all of those share. */
export function scenarioCommand(
  program: Command,
  name: string,
  [argument, description] = ['<scenario...>', 'scenario files (YAML)'],
): Command {
  const command = program
    .command(name)
    .argument(argument, description)
    .option('--seed <seed>', "seed of the workload, in place of the scenario's")
    .option('--set <path=value>', 'change a field of the scenario (repeatable)', append, [])
    .option('--topology <name,...>', 'only these topologies', names)
    .option('-q, --quiet', 'no notices, only results and errors', false);
  for (const option of laterOptions) addLaterOption(command, option);
  return command;
}

export function append(value: string, values: readonly string[]): readonly string[] {
  return [...values, value];
}

/** The options of the commands that run scenarios more than once. */
export function withReplications(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--replications <n>',
        'run it so often, each with its own luck, for means with 95% intervals',
      ).argParser(positive(1_000_000)),
    )
    .addOption(
      new Option('--precision <share>', 'replicate until a figure is known this well, such as 2%').argParser(
        share,
      ),
    )
    .option('--figure <path>', 'the figure that is meant (default: completion.p95)')
    .addOption(
      new Option('--jobs <n>', 'worker threads for replications (default: as many as processors)').argParser(
        positive(1024),
      ),
    );
}

function addLaterOption(command: Command, name: string): void {
  command.addOption(new Option(`--${name} [value]`).hideHelp());
  command.on(`option:${name}`, () => {
    throw new UserError(notYet(`--${name}`));
  });
}
