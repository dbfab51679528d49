/** The import rules of the house, read from the import statements of src/. */
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

interface Import {
  /** Path in src/ without extension, or the name of a package. */
  readonly to: string;
  readonly ours: boolean;
  /** Gone after compilation. */
  readonly typeOnly: boolean;
  /** `import('...')`: loaded when it is needed. */
  readonly lazy: boolean;
}

const src = new URL('../src/', import.meta.url).pathname;

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => file.split('\\').join('/').replace(/\.ts$/, ''));

const imports = new Map(files.map(file => [file, importsOf(file)]));

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, `${file}.ts`), 'utf8');
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean, lazy = false) => {
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return;
    const ours = specifier.text.startsWith('.');
    const to = ours
      ? posix.normalize(posix.join(dirname(file), specifier.text)).replace(/\.js$/, '')
      : specifier.text;
    found.push({ to, ours, typeOnly, lazy });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const clause = node.importClause;
      const named = clause?.namedBindings;
      const onlyTypes =
        clause?.isTypeOnly === true ||
        (clause?.name === undefined &&
          named !== undefined &&
          ts.isNamedImports(named) &&
          named.elements.length > 0 &&
          named.elements.every(element => element.isTypeOnly));
      add(node.moduleSpecifier, onlyTypes);
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false, true);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

/** The folder of src/ in which a file lies, or the file itself where it lies in src/ directly. */
const room = (file: string): string => file.split('/')[0]!;

/** What everybody may know: what is handed on between the rooms, and small change. */
const common = ['result', 'parameter-study', 'journey', 'errors', 'units', 'readable', 'version'];

/**
 * Who may import whom: folders, or single files of them. `commands`, `cli` and `index` may import anything. The study
 * also reads the measurements, from which it makes the result, and the registry, which says what a kind of topology
 * does before it is replayed; it has URLs signed.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  statistics: [],
  scenario: [],
  workload: ['scenario/types', 'kernel/random'],
  topologies: ['kernel'],
  measure: ['kernel'],
  replay: ['topologies', 'kernel', 'workload', 'measure', 'scenario/types'],
  signing: [],
  study: ['replay', 'workload', 'scenario', 'measure', 'signing', 'statistics', 'topologies/registry'],
  present: [],
  init: ['scenario', 'present/terminal'],
  import: [
    'kernel/random',
    'workload/sample',
    'measure/sample',
    'scenario',
    'present/terminal',
    'present/export',
  ],
};

/** Rooms in which there is nothing but arithmetic: no file, no clock, no screen; they run anywhere. */
const pure = ['kernel', 'statistics', 'workload', 'topologies', 'measure', 'replay', 'signing'];

/** Packages of those rooms. */
const packages: Readonly<Record<string, readonly string[]>> = {
  kernel: ['seedrandom'],
  signing: ['@smithy/signature-v4', '@aws-crypto/sha256-js'],
};

it('finds the imports', () => {
  expect(imports.get('kernel/random')).toContainEqual({
    to: 'kernel/philox',
    ours: true,
    typeOnly: false,
    lazy: false,
  });
  expect(imports.get('topologies/topology')!.every(({ typeOnly }) => typeOnly)).toBe(true);
  expect([...imports.values()].flat().some(({ lazy }) => lazy)).toBe(true);
});

it('every import of ours leads to a file', () => {
  const lost = files.flatMap(file =>
    imports.get(file)!.filter(({ to, ours }) => ours && !files.includes(to) && !to.endsWith('.json')),
  );
  expect(lost).toEqual([]);
});

describe.each(Object.entries(allowed))('%s', (name, friends) => {
  const others = files
    .filter(file => room(file) === name)
    .flatMap(file => imports.get(file)!.map(one => ({ file, ...one })));

  it('imports only what it may', () => {
    const strangers = others
      .filter(({ to, ours }) => ours && room(to) !== name && !common.includes(to))
      .filter(({ to }) => !friends.some(friend => to === friend || to.startsWith(`${friend}/`)));
    expect(strangers.map(({ file, to }) => `${file} -> ${to}`)).toEqual([]);
  });
});

it.each(pure)("%s is free of Node's modules and of packages", name => {
  const known = packages[name] ?? [];
  const foreign = files
    .filter(file => room(file) === name)
    .flatMap(file => imports.get(file)!.map(one => ({ file, ...one })))
    .filter(({ to, ours }) => !ours && !known.includes(to));
  expect(foreign.map(({ file, to }) => `${file} -> ${to}`)).toEqual([]);
});

it('readers of log lines know lines alone: no file, no package, no collected figures', () => {
  const own = (file: string) => file.startsWith('import/formats/');
  const known = ['errors', 'import/fields', 'import/instants'];
  const foreign = files
    .filter(own)
    .flatMap(file => imports.get(file)!.map(one => ({ file, ...one })))
    .filter(({ to, ours }) => !ours || !(own(to) || known.includes(to)));
  expect(foreign.map(({ file, to }) => `${file} -> ${to}`)).toEqual([]);
  expect(files.filter(own).length).toBeGreaterThan(3);
});

it('nobody asks the wall clock, the platform or unseeded chance for a result', () => {
  // A date made from an instant is arithmetic; one made from nothing is the clock.
  const clocks =
    /\b(process\.(env|argv|std|hrtime|cwd|exit)|Date\.now|new Date(?!\([^)])|performance\.|Math\.random|setTimeout)/;
  const guilty = files.filter(
    file =>
      [...pure, 'study'].includes(room(file)) && clocks.test(readFileSync(join(src, `${file}.ts`), 'utf8')),
  );
  expect(guilty).toEqual([]);
});

it('sines and cosines, which engines round differently, are not used where results are made', () => {
  const guilty = files.filter(
    file =>
      ['kernel', 'workload', 'replay', 'measure'].includes(room(file)) &&
      /Math\.(sin|cos|tan)\b/.test(readFileSync(join(src, `${file}.ts`), 'utf8')),
  );
  expect(guilty).toEqual([]);
});

describe('there are no circles', () => {
  /** The first path that leads from a node back to itself. */
  function circle(nodes: readonly string[], next: (node: string) => readonly string[]): string[] | null {
    const done = new Set<string>();
    const path: string[] = [];
    const walk = (node: string): string[] | null => {
      if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
      if (done.has(node)) return null;
      path.push(node);
      for (const to of next(node)) {
        const found = walk(to);
        if (found !== null) return found;
      }
      path.pop();
      done.add(node);
      return null;
    };
    for (const node of nodes) {
      const found = walk(node);
      if (found !== null) return found;
    }
    return null;
  }

  it('a circle is found', () => {
    const next = (node: string) => ({ a: ['b'], b: ['c'], c: ['b'] })[node] ?? [];
    expect(circle(['a'], next)).toEqual(['b', 'c', 'b']);
    expect(circle(['a'], node => (node === 'a' ? ['b', 'c'] : []))).toBeNull();
  });

  it('among the rooms, types included', () => {
    const next = (from: string) => [
      ...new Set(
        files
          .filter(file => room(file) === from)
          .flatMap(file =>
            imports
              .get(file)!
              .filter(({ ours }) => ours)
              .map(({ to }) => room(to)),
          )
          .filter(to => to !== from),
      ),
    ];
    expect(circle([...new Set(files.map(room))], next)).toBeNull();
  });

  it('among the files, as they are loaded', () => {
    const next = (file: string) =>
      (imports.get(file) ?? []).filter(one => one.ours && !one.typeOnly && !one.lazy).map(({ to }) => to);
    expect(circle(files, next)).toBeNull();
  });
});

it('the command line starts with nothing but commander', () => {
  const loaded = new Set<string>();
  const foreign = new Set<string>();
  const load = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { to, ours, typeOnly, lazy } of imports.get(file) ?? []) {
      if (typeOnly || lazy) continue;
      if (ours) load(to);
      else if (!isBuiltin(to)) foreign.add(to);
    }
  };
  load('cli');
  expect([...foreign]).toEqual(['commander']);
});

it('the signer is loaded by trace alone', () => {
  const loads = (file: string, loaded = new Set<string>()): Set<string> => {
    if (loaded.has(file)) return loaded;
    loaded.add(file);
    for (const { to, ours, typeOnly, lazy } of imports.get(file) ?? [])
      if (ours && !typeOnly && !lazy) loads(to, loaded);
    return loaded;
  };
  const signers = [...imports.keys()].filter(file => file === 'index' || /^commands\/[^/]*$/.test(file));
  const signing = signers.filter(file => [...loads(file)].some(each => room(each) === 'signing'));
  expect(signing).toEqual(['commands/trace']);
});

it('no file is called after nothing', () => {
  const names = files.map(file => file.split('/').at(-1)!);
  expect(names.filter(name => /^(utils?|helpers?|misc|common|shared|stuff)$/.test(name))).toEqual([]);
});
