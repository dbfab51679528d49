import fc from 'fast-check';

// Every run tries the same cases, so that a change is to blame for a failure and not the dice. FC_SEED throws others.
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 1) });
