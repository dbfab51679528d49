import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { asWarning } from '../../src/commands/warnings.js';

const text = 'valet-key: much has happened, and there is a good deal to say about why it did.';

it('fills the width of a terminal, and shows where a warning begins', () => {
  const lines = asWarning(text, { isTTY: true, columns: 40 }).split('\n');
  expect(lines.length).toBeGreaterThan(1);
  expect(Math.max(...lines.map(line => stringWidth(line)))).toBeLessThanOrEqual(40);
  expect(lines[0]).toMatch(/^warning: valet-key/);
  for (const line of lines.slice(1)) expect(line).toMatch(/^ {2}\S/);
  expect(lines.map(line => line.trim()).join(' ')).toBe(`warning: ${text}`);
});

it('is one line for a program', () => {
  expect(asWarning(text, {})).toBe(`warning: ${text}`);
});
