/** The benchmarks of `npm run bench`. They print what they measure and judge nothing: machines differ. */
import { benchNetwork } from './network.js';
import { benchReplay } from './replay.js';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

benchNetwork(print);
print('');
benchReplay(print);
