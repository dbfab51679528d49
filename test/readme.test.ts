/** Every command of the README is run, and what it shows as output is what the command prints. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import builtCli from './cli/build.js';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const commands = [...readme.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block]) =>
  block.trim().split('\n'),
);
const env = { ...process.env, NO_COLOR: '', FORCE_COLOR: '0' };

let bin: string;
beforeAll(async () => {
  bin = await builtCli();
});

function runAsShown(command: string) {
  const shown = command
    .replace(/^npm ci && /, '')
    .replace(/^npx valet-sim/, `"${process.execPath}" "${bin}"`);
  return spawnSync(shown, { cwd: root, shell: true, encoding: 'utf8', env, maxBuffer: 64 * 2 ** 20 });
}

describe('the README', () => {
  const simulations = commands.filter(command => /(^|&& )npx valet-sim/.test(command));

  it('shows the two commands of a newcomer', () => {
    expect(commands[0]).toBe('npm ci && npx valet-sim run scenarios/1000-uploads.yaml');
    expect(commands).toContain('npm ci && npm test');
  });

  it.each(simulations)('%s', command => {
    const { status, stderr, stdout } = runAsShown(command);
    expect(stderr).not.toMatch(/error|internal/i);
    expect(status).toBe(0);
    expect(stdout.length).toBeGreaterThan(0);
  });

  it('names no other command than these', () => {
    const others = commands.filter(command => !simulations.includes(command));
    // The test command cannot run inside itself; its parts are those that are running now.
    expect(others).toEqual(['npm ci && npm test']);
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(scripts.test).toBe('npm run typecheck && npm run lint && npm run build && vitest run');
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['bench', 'typecheck', 'lint', 'build']));
  });

  const shown = [
    ...readme.matchAll(/^<!-- output of: (npx valet-sim .*) -->\n```text\n([\s\S]*?)\n```$/gm),
  ].map(([, command, block]) => ({ command: command!, block: block! }));

  it('shows what its first command prints, and more', () => {
    expect(shown[0]!.command).toBe('npx valet-sim run scenarios/1000-uploads.yaml');
    expect(shown.length).toBeGreaterThan(4);
    // What is shown as output stands under a command that the reader is told to run.
    for (const { command } of shown) expect(commands.join('\n')).toContain(command);
  });

  it.each(shown)('shows a part of what this prints: $command', ({ command, block }) => {
    expect(block.length).toBeGreaterThan(200);
    expect(runAsShown(command).stdout).toContain(block);
  });

  it('links to nothing that is not there', () => {
    const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
    for (const [, target] of readme.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) expect(files).toContain(target);
  });
});

describe('the package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'valet-sim-package-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const npm = (args: readonly string[]): string =>
    execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  it('installs from its packed form, runs, and can be imported with types', () => {
    const [{ filename }] = JSON.parse(
      npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder]),
    );
    npm(['install', '--offline', '--global', '--prefix', join(folder, 'global'), join(folder, filename)]);
    const installed = join(folder, 'global', 'bin', 'valet-sim');
    const scenario = join(root, 'scenarios', '1000-uploads.yaml');
    const args = ['run', scenario, '--format', 'json', '--no-save', '--topology', 'valet-key'];
    const result = JSON.parse(
      execFileSync(installed, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 }),
    );
    expect(result.topologies[0].uploads).toMatchObject({ offered: 1000, failed: 0 });

    const library = join(folder, 'global', 'lib', 'node_modules', 'valet-sim', 'dist');
    const program = `import { simulate } from ${JSON.stringify(join(library, 'index.js'))};
      const { topologies } = await simulate(process.argv[1], { set: ['workload.uploads.arrivals.count=3'] });
      console.log(topologies.map(({ uploads }) => uploads.offered).join());`;
    const run = ['--input-type=module', '--eval', program, scenario];
    expect(execFileSync(process.execPath, run, { encoding: 'utf8' })).toBe('3,3,3\n');
    expect(readFileSync(join(library, 'types', 'index.d.ts'), 'utf8')).toContain(
      'export declare function simulate',
    );
  }, 120_000);
});
