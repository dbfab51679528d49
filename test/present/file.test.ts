import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { checkRoomFor, writeFile } from '../../src/present/export/file.js';
import { pourInto, writeTo } from '../../src/present/export/stream.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'valet-sim-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('writing files', () => {
  it('writes all pieces and leaves nothing else behind', async () => {
    await writeFile(join(folder, 'a.csv'), ['one\n', 'two\n', 'ü'.repeat(100_000)]);
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe(`one\ntwo\n${'ü'.repeat(100_000)}`);
    expect(readdirSync(folder)).toEqual(['a.csv']);
  });

  it('replaces a file only when the new one is whole', async () => {
    const path = join(folder, 'a.csv');
    writeFileSync(path, 'old');
    function* failing() {
      yield 'new';
      throw new Error('broken half-way');
    }
    await expect(writeFile(path, failing())).rejects.toThrow('broken half-way');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.csv']);
    await writeFile(path, ['new']);
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  it('follows a link instead of replacing it', async () => {
    writeFileSync(join(folder, 'real'), 'old');
    symlinkSync('real', join(folder, 'link'));
    await writeFile(join(folder, 'link'), ['new']);
    expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('new');
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('writes to a device instead of replacing it', async () => {
    await writeFile('/dev/null', ['x']);
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('makes the folders that are missing, and only when it writes', async () => {
    const path = join(folder, 'a', 'b', 'c.json');
    checkRoomFor(path);
    expect(readdirSync(folder)).toEqual([]);
    await writeFile(path, ['new']);
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  it('leaves no empty folders behind where it fails', async () => {
    function* failing() {
      yield 'new';
      throw new Error('broken half-way');
    }
    mkdirSync(join(folder, 'before'));
    await expect(writeFile(join(folder, 'before', 'a', 'b', 'c'), failing())).rejects.toThrow('half-way');
    expect(readdirSync(folder)).toEqual(['before']);
    expect(readdirSync(join(folder, 'before'))).toEqual([]);
  });

  it('tells the user what is in the way', async () => {
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'taken'));
    expect(() => checkRoomFor(join(folder, 'file', 'result.json'))).toThrow(UserError);
    expect(() => checkRoomFor(join(folder, 'file', 'deeper', 'result.json'))).toThrow(/a part of the path/);
    expect(() => checkRoomFor(join(folder, 'x'.repeat(5000), 'y'))).toThrow(/the name is too long/);
    expect(() => checkRoomFor(join(folder, 'taken'))).toThrow(/cannot write ".*taken": it is a folder/);
    await expect(writeFile(join(folder, 'file', 'x'), ['x'])).rejects.toThrow(UserError);
  });
});

describe('writing to a stream', () => {
  it('waits for a slow reader', async () => {
    let waiting = 0;
    let most = 0;
    const slow = new Writable({
      write(chunk: Buffer, _encoding, done) {
        waiting += chunk.length;
        most = Math.max(most, slow.writableLength);
        setImmediate(() => {
          waiting -= chunk.length;
          done();
        });
      },
    });
    await pourInto(slow, Array(200).fill('x'.repeat(1000)));
    expect(waiting).toBe(0);
    expect(most).toBeLessThanOrEqual(1000);
  });

  it('turns a full disk into a message, and leaves a closed pipe as it is', async () => {
    const failing = (code: string) =>
      new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })) }).on(
        'error',
        () => {},
      );
    await expect(writeTo(failing('ENOSPC'), 'x')).rejects.toThrow('cannot write the output: no space left');
    await expect(writeTo(failing('EPIPE'), 'x')).rejects.toMatchObject({ code: 'EPIPE' });
    await expect(writeTo(new PassThrough(), 'x')).resolves.toBeUndefined();
  });
});
