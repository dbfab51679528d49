import type { Uniforms } from '../kernel/random.js';
import type { ClientClass } from '../scenario/types.js';
import type { ClientColumns } from './clients.js';
import { Mistake } from './workload.js';

/** What one client asks for wrongly: each kind of mistake independently, with its share. */
export function drawMistake(client: ClientClass, uniforms: Uniforms): number {
  const { bucket, key, method, signature } = client.mistakes;
  let bits = 0;
  if (uniforms.double() < bucket) bits |= Mistake.bucket;
  if (uniforms.double() < key) bits |= Mistake.key;
  if (uniforms.double() < method) bits |= Mistake.method;
  if (uniforms.double() < signature) bits |= Mistake.signature;
  return bits;
}

export function makesMistakes({ mistakes }: ClientClass): boolean {
  return mistakes.bucket + mistakes.key + mistakes.method + mistakes.signature > 0;
}

export function drawMistakes(
  classes: readonly ClientClass[],
  clients: ClientColumns,
  count: number,
  uniforms: Uniforms,
): (job: number) => number {
  if (!classes.some(makesMistakes)) return () => 0;
  const drawn = new Uint8Array(count);
  for (let job = 0; job < count; job++) drawn[job] = drawMistake(classes[clients.classOf(job)]!, uniforms);
  return job => drawn[job]!;
}
