import { Argument, Command, Option } from 'commander';
import { type ExitCode, UserError } from '../errors.js';
import { plays } from '../journey.js';
import {
  capacityEpilogue,
  compareEpilogue,
  completionEpilogue,
  epilogue,
  importEpilogue,
  initEpilogue,
  profilesEpilogue,
  runEpilogue,
  sensitivityEpilogue,
  sweepEpilogue,
  traceEpilogue,
} from './epilogues.js';
import type { ImportOptions } from './import-options.js';
import type { InitOptions } from './init-options.js';
import { laterCommands, notYet } from './later.js';
import {
  formats,
  names,
  oneOf,
  positive,
  type ShellName,
  share,
  shells,
  storyFormats,
  uploadNumber,
} from './option-values.js';
import type { ProfilesOptions } from './profiles.js';
import type {
  CapacityOptions,
  CompareOptions,
  RerunOptions,
  RunOptions,
  ScenarioOptions,
  SensitivityOptions,
  SweepOptions,
  TraceOptions,
} from './run-options.js';
import { append, scenarioCommand, withReplications } from './scenario-command.js';
import { commandFor, teachUsage } from './usage.js';

/**
 * Commands, options and help. Each command is loaded when it is called: `--help` needs none of them.
 *
 * @param answer gets the exit status of the command that ran.
 */
export function commandLine(version: string, answer: (status: ExitCode) => void): Command {
  const program = new Command('valet-sim')
    .description('Should files go through our servers? Simulates proxy uploads against valet-key uploads.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .addHelpText('after', epilogue);

  withReplications(scenarioCommand(program, 'run'))
    .description('replay every topology of a scenario; print and save what came of it')
    .option('--until-decided', 'replicate until every objective is met or missed', false)
    .option('--baseline <topology>', 'compare the others with this one (default: the first)')
    .addOption(
      new Option('--format <format>', 'how results are printed')
        .choices(formats)
        .default('table')
        .argParser(oneOf(formats)),
    )
    .option('-o, --out <dir>', 'folder to save in (default: results/<scenario>/)')
    .option('--no-save', 'save no result')
    .option('--uploads-csv <file>', 'write every upload as a row of CSV; - is standard output')
    .option('--no-chart', 'draw no charts')
    .option('--no-color', 'no colour')
    .addHelpText('after', runEpilogue)
    .action(async (files: string[], options: RunOptions) => {
      const { run } = await import('./run.js');
      answer(await run(files, options));
    });

  addCompare(program, answer);
  addRerun(program, answer);
  addSweep(program, answer);
  addCapacity(program, answer);
  addSensitivity(program, answer);

  scenarioCommand(program, 'check')
    .description('validate scenarios without running them')
    .action(async (files: string[], options: ScenarioOptions) => {
      const { check } = await import('./check.js');
      answer(await check(files, options));
    });

  scenarioCommand(program, 'trace', ['<scenario>', 'scenario file (YAML)'])
    .description('show one upload step by step: who sends what to whom, and when')
    .addOption(
      new Option('--format <format>', 'how the story is printed')
        .choices(storyFormats)
        .default('table')
        .argParser(oneOf(storyFormats)),
    )
    .addOption(
      new Option('--upload <n>', 'its number, as in the uploads CSV (from 0)')
        .default(0)
        .argParser(uploadNumber),
    )
    .addOption(new Option('--play <mistake>', 'let it be refused').choices(plays).argParser(oneOf(plays)))
    .option('--no-color', 'no colour')
    .addHelpText('after', traceEpilogue)
    .action(async (file: string, options: TraceOptions) => {
      const { trace } = await import('./trace.js');
      answer(await trace(file, options));
    });

  addInit(program, answer);
  addImport(program, answer);

  program
    .command('profiles')
    .description('list the named sets of real-world values, or show some with their sources')
    .argument('[profile...]', 'names, such as tomcat, m5.xlarge, 4g or s3-standard')
    .addOption(
      new Option('--format <format>', 'how they are printed')
        .choices(storyFormats)
        .default('table')
        .argParser(oneOf(storyFormats)),
    )
    .option('--no-color', 'no colour')
    .addHelpText('after', profilesEpilogue)
    .action(async (profileNames: string[], options: ProfilesOptions) => {
      const { profiles } = await import('./profiles.js');
      answer(await profiles(profileNames, options));
    });

  program
    .command('schema')
    .description('print the JSON Schema of a scenario')
    .action(async () => {
      const { schema } = await import('./schema.js');
      answer(await schema());
    });

  program
    .command('completion')
    .description('print a script that completes valet-sim in a shell')
    .addArgument(
      new Argument('[shell]', 'on a terminal the default is that of $SHELL')
        .choices(shells)
        .argParser(oneOf(shells)),
    )
    .addHelpText('after', completionEpilogue)
    .action(async (name: ShellName | undefined) => {
      const { completion } = await import('./completion.js');
      answer(await completion(program, name));
    });

  program
    .command('help')
    .description('print help for a command')
    .argument('[command]', 'without one: for all of valet-sim')
    .action((topic: string | undefined) => {
      (topic === undefined ? program : commandFor(topic, program)).outputHelp();
    });

  for (const name of laterCommands) addLaterCommand(program, name);
  teachUsage(program);
  return program;
}

/** The options of the commands that run a scenario at several values. */
function studyCommand(program: Command, name: string): Command {
  return withReplications(scenarioCommand(program, name, ['<scenario>', 'scenario file (YAML)']))
    .addOption(
      new Option('--format <format>', 'how results are printed')
        .choices(formats)
        .default('table')
        .argParser(oneOf(formats)),
    )
    .option('--slo <objective>', "an objective, in place of the scenario's (repeatable)", append, [])
    .option('-o, --out <dir>', `folder to save in (default: results/<scenario>/${name}/)`)
    .option('--no-save', 'save nothing')
    .option('--no-color', 'no colour');
}

function addCompare(program: Command, answer: (status: ExitCode) => void): void {
  withReplications(scenarioCommand(program, 'compare', ['<a>', 'saved result (JSON) or scenario (YAML)']))
    .argument('<b>', 'the one to compare it with')
    .description('put two saved results or scenarios side by side')
    .addOption(
      new Option('--format <format>', 'how they are printed')
        .choices(formats)
        .default('table')
        .argParser(oneOf(formats)),
    )
    .option('--no-color', 'no colour')
    .addHelpText('after', compareEpilogue)
    .action(async (a: string, b: string, options: CompareOptions) => {
      const { compare } = await import('./compare.js');
      answer(await compare(a, b, options));
    });
}

function addRerun(program: Command, answer: (status: ExitCode) => void): void {
  program
    .command('rerun')
    .description('repeat a saved run: the same bytes, or what differs')
    .argument('<result>', 'result.json as run saves it')
    .addOption(new Option('--jobs <n>', 'worker threads for replications').argParser(positive(1024)))
    .option('-q, --quiet', 'no notices, only results and errors', false)
    .action(async (file: string, options: RerunOptions) => {
      const { rerun } = await import('./rerun.js');
      answer(await rerun(file, options));
    });
}

function addSweep(program: Command, answer: (status: ExitCode) => void): void {
  studyCommand(program, 'sweep')
    .description('run a scenario at several values of its fields: a parameter study')
    .option('--vary <path=range>', 'a field and its values (repeatable: a grid)', append, [])
    .option('--no-chart', 'draw no chart')
    .addHelpText('after', sweepEpilogue)
    .action(async (file: string, options: SweepOptions) => {
      const { sweep } = await import('./sweep.js');
      answer(await sweep(file, options));
    });
}

function addCapacity(program: Command, answer: (status: ExitCode) => void): void {
  studyCommand(program, 'capacity')
    .description(
      'find the largest value of a field that still meets the objectives, and what gives way there',
    )
    .requiredOption('--vary <path=low..high>', 'the field and the range to search')
    .option('--min', 'find the smallest value instead, such as servers for a load', false)
    .addOption(new Option('--tolerance <share>', 'how near to find it').default(0.01, '1%').argParser(share))
    .addHelpText('after', capacityEpilogue)
    .action(async (file: string, options: CapacityOptions) => {
      const { capacity } = await import('./capacity.js');
      answer(await capacity(file, options));
    });
}

function addSensitivity(program: Command, answer: (status: ExitCode) => void): void {
  studyCommand(program, 'sensitivity')
    .description('move every number of a scenario, one at a time: which of our guesses matter?')
    .addOption(new Option('--by <share>', 'by how much, down and up').default(0.2, '20%').argParser(share))
    .addOption(
      new Option('--only <path,...>', 'only these parameters, or those below such a path').argParser(names),
    )
    .option('--no-chart', 'draw no bars')
    .addHelpText('after', sensitivityEpilogue)
    .action(async (file: string, options: SensitivityOptions) => {
      const { sensitivity } = await import('./sensitivity.js');
      answer(await sensitivity(file, options));
    });
}

function addInit(program: Command, answer: (status: ExitCode) => void): void {
  program
    .command('init')
    .description('write a commented scenario to start from')
    .argument('[file]', 'the file to write; - is standard output', 'upload.yaml')
    .option('--uploads <n>', 'number of uploads (default: 1000)')
    .option('--rate <n/s>', 'number of uploads per time, in place of --uploads')
    .option('--for <time>', 'time over which they come (default: all at once; with --rate 10m)')
    .option('--size <distribution>', 'bytes of a file (default: 50MB)')
    .option('--uplink <distribution>', 'uplink of a client (default: 20Mbps)')
    .option('--threads <n>', 'requests that the server works on at once (default: 200)')
    .option('--memory <size>', 'memory of the server (default: 16GB)')
    .option('--network <rate>', 'network of the server, in each direction (default: 1Gbps)')
    .addOption(new Option('--topology <name,...>', 'topologies to compare (default: all)').argParser(names))
    .option('-y, --yes', 'ask nothing: take the defaults of what is not given', false)
    .option('--force', 'overwrite a file that is there', false)
    .option('-q, --quiet', 'no notices, only errors', false)
    .addHelpText('after', initEpilogue)
    .action(async (file: string, options: InitOptions) => {
      const { init } = await import('./init.js');
      answer(await init(file, options));
    });
}

function addImport(program: Command, answer: (status: ExitCode) => void): void {
  program
    .command('import')
    .description('make a scenario and a trace of access logs (nginx, AWS load balancer, S3)')
    .argument('<log...>', 'access logs, plain or gzip; - is standard input')
    .option(
      '-o, --out <place>',
      'folder, or name of the scenario (.yaml); default: a folder called after the log',
    )
    .option(
      '--log-format <format>',
      "nginx, alb, s3, or nginx's log_format in single quotes (default: as it looks)",
    )
    .option('--min-size <size>', 'bodies from this size on are uploads (default: 100KB; in S3 logs all)')
    .addOption(
      new Option('--upload-path <prefix>', 'only requests whose path begins so are uploads (repeatable)')
        .argParser(append)
        .default([], 'any path'),
    )
    .option('--size <distribution>', 'sizes of uploads, where the log does not tell them')
    .option('--failed', 'take failed uploads, too, at the bytes that arrived', false)
    .option('--background <n>', 'classes of other requests, the most frequent ones; 0: leave them out', '5')
    .option('--from <instant>', 'only requests that start at this time (ISO 8601) or later')
    .option('--until <instant>', 'only requests that start before')
    .option('--no-spread', 'leave instants that are known to the second at its beginning')
    .option('--no-uplink', 'do not take observed upload rates for the uplinks of the clients')
    .option('--no-keys', 'do not put the keys of files into the trace')
    .option('--force', 'overwrite files that are there', false)
    .option('-q, --quiet', 'no notices, only results and errors', false)
    .option('--no-color', 'no colour')
    .addHelpText('after', importEpilogue)
    .action(async (logs: string[], options: ImportOptions) => {
      const { importLogs } = await import('./import.js');
      answer(await importLogs(logs, options));
    });
}

function addLaterCommand(program: Command, name: string): void {
  const refusal = notYet(`"${name}"`);
  const refuse = () => {
    throw new UserError(refusal);
  };
  program
    .command(name, { hidden: true })
    .argument('[anything...]')
    .helpOption(false)
    .allowUnknownOption()
    .on('beforeHelp', refuse)
    .action(refuse);
}
