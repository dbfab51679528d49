import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askFor } from '../../src/init/dialogue.js';
import { type Answers, questions } from '../../src/init/questions.js';

/** Types lines; what is undefined is the end of the input (Ctrl-D). */
async function type(lines: readonly (string | undefined)[], known: Partial<Answers> = {}) {
  const input = new PassThrough();
  const output = new PassThrough();
  let shown = '';
  output.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
  });
  const answers = askFor(known, input, output);
  for (const line of lines) {
    if (line === undefined) input.end();
    else input.write(`${line}\n`);
  }
  return { answers: await answers, shown };
}

const defaults = {
  uploads: '1000',
  for: '0s',
  size: '50MB',
  uplink: '20Mbps',
  threads: '200',
  memory: '16GB',
  network: '1Gbps',
};

describe('askFor', () => {
  it('takes what stands in brackets', async () => {
    const { answers, shown } = await type(questions.map(() => ''));
    expect(answers).toMatchObject(defaults);
    expect(answers!.topology.split(', ')).toContain('valet-key');
    for (const text of Object.values(defaults)) expect(shown).toContain(`[${text}]`);
  });

  it('asks again where an answer is not good, and says why', async () => {
    const { answers, shown } = await type([
      'five apples',
      '0',
      '20/s',
      '0s',
      '5m',
      '50 apples',
      '{normal: 5MB}',
      '{uniform: [1MB, 9MB]}',
      'unlimited',
      '0.5',
      '400',
      '16',
      '8GiB',
      '1Gb',
      '2Gbps',
      'naive, valet',
      'valet-key,naive',
    ]);
    expect(answers).toEqual({
      uploads: '20/s',
      for: '5m',
      size: '{uniform: [1MB, 9MB]}',
      uplink: 'unlimited',
      threads: '400',
      memory: '8GiB',
      network: '2Gbps',
      topology: 'valet-key,naive',
    });
    for (const part of [
      '"five apples" is not a number',
      '0 is too small',
      '"0s" is 0',
      '"normal" is not a distribution',
      '0.5 is not whole',
      '"16" has no unit',
      'did you mean 1Gbps?',
      'did you mean valet-key?',
    ])
      expect(shown.replace(/\s+/g, ' ')).toContain(part);
  });

  it('does not ask for what is known', async () => {
    const { answers, shown } = await type(['', '', '', '', '', ''], { uploads: '3/s', size: '5MB' });
    expect(answers).toMatchObject({ uploads: '3/s', for: '10m', size: '5MB' });
    expect(shown).not.toMatch(/How many uploads|How large/);
  });

  it.each([0, 1, 5])('is left without an answer after %d lines', async lines => {
    expect((await type([...Array(lines).fill(''), undefined])).answers).toBeNull();
  });
});
