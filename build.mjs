// Bundles the command line and the library with the type declarations; with --bench, the benchmarks instead.
import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Bundles into `outdir`, and puts beside it the licences of the packages that went in. */
async function bundle(entryPoints, outdir) {
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints,
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // ES modules where a package has both kinds: only what is used of them is bundled.
    mainFields: ['module', 'main'],
    minifySyntax: true,
    metafile: true,
    define: { VALET_SIM_VERSION: JSON.stringify(version) },
    // CommonJS dependencies call require() for Node's own modules, which an ES module does not have.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  writeFileSync(join(outdir, 'THIRD-PARTY-LICENSES.txt'), licences(metafile));
}

function licences(metafile) {
  // A package that another one brings in a version of its own lies inside that one.
  const folders = new Set();
  for (const file of Object.keys(metafile.inputs)) {
    const [, folder] = /^((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
    if (folder !== undefined) folders.add(folder);
  }
  return [...folders]
    .sort()
    .map(folder => {
      const { name, license, version: of } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const file = readdirSync(folder).find(each => /^licen[cs]e/i.test(each));
      const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
      return `${name} ${of} (${license})\n${text}`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}

if (process.argv.includes('--bench')) {
  await bundle({ bench: 'test/bench/bench.ts' }, '.bench');
} else {
  await bundle(
    {
      cli: 'src/cli.ts',
      index: 'src/index.ts',
      worker: 'src/commands/parallel/worker.ts',
      'point-worker': 'src/commands/parallel/point-worker.ts',
    },
    'dist',
  );
  // npx runs the bin straight from the checkout, so it has to be executable without an install step.
  chmodSync('dist/cli.js', 0o755);
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.types.json'], { stdio: 'inherit' });
}
