import { KeyedUniforms } from '../kernel/random.js';
import type { Simulation } from '../kernel/simulation.js';
import type { ConnectionLife } from '../scenario/types.js';
import type { DrawKey } from './draws.js';

/** What a connection is for; those of one attempt draw apart. */
export type ConnectionUse = 'body' | 'permission' | 'notification';

/** Who has a connection, at most one at a time. */
export interface Connected extends DrawKey {
  /** Index of the class of its client. */
  readonly clientClass: number;
  /** Called at the instant at which its connection breaks by itself. */
  connectionLost(): void;
}

/**
 * Connections of clients that break: after a time for which they have been open, or after bytes of a body that they
 * have carried. Both are exponential, so that what a connection has behind it says nothing of what is to come, and each
 * transfer over a connection that is used for several may draw its own. Drawn per (upload, attempt, part of it).
 */
export class Drops {
  private readonly uniforms: Readonly<Record<ConnectionUse, { times: KeyedUniforms; bytes: KeyedUniforms }>>;
  /** Event of the break that each open connection is heading for. */
  private readonly pending = new Map<Connected, number>();

  /** `lives` by class of clients. */
  constructor(
    private readonly simulation: Simulation,
    private readonly lives: readonly ConnectionLife[],
    seed: string,
  ) {
    const of = (use: ConnectionUse) => ({
      times: new KeyedUniforms(seed, `replay/time to a break/${use}`),
      bytes: new KeyedUniforms(seed, `replay/bytes to a break/${use}`),
    });
    this.uniforms = { body: of('body'), permission: of('permission'), notification: of('notification') };
  }

  /** It has a new connection, in place of any that it had. */
  opened(connected: Connected, use: ConnectionUse): void {
    this.closed(connected);
    const lasts = this.secondsToBreak(connected, use);
    if (lasts === Number.POSITIVE_INFINITY) return;
    const fire = (): void => {
      this.pending.delete(connected);
      connected.connectionLost();
    };
    this.pending.set(connected, this.simulation.after(lasts, { fire }));
  }

  /** It needs its connection no more. */
  closed(connected: Connected): void {
    const event = this.pending.get(connected);
    if (event === undefined) return;
    this.simulation.calendar.cancel(event);
    this.pending.delete(connected);
  }

  secondsToBreak(connected: Connected, use: ConnectionUse): number {
    return exponential(this.lives[connected.clientClass]!.seconds, this.uniforms[use].times, connected);
  }

  /** Bytes of a body that a connection carries until it breaks. */
  bytesToBreak(connected: Pick<Connected, keyof DrawKey | 'clientClass'>, use: ConnectionUse): number {
    return exponential(this.lives[connected.clientClass]!.bytes, this.uniforms[use].bytes, connected);
  }
}

/** Infinity where the mean is. */
function exponential(mean: number, uniforms: KeyedUniforms, { item, turn, stream }: DrawKey) {
  if (mean === Number.POSITIVE_INFINITY) return mean;
  return -mean * Math.log(1 - uniforms.at(item, turn, stream).double());
}
