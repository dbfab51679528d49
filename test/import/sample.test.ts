import { expect, it } from 'vitest';
import { sampleLog } from './sample-log.js';

it('the sample log is what the description of its making gives', async () => {
  await expect(sampleLog()).toMatchFileSnapshot('../../scenarios/logs/access.log');
});
