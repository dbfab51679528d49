import { KeyedUniforms } from '../kernel/random.js';
import type { ServerParameters } from '../scenario/types.js';
import type { DrawKey } from './draws.js';
import type { Server } from './server.js';

/** Chooses the server of each request. A dead server stays in the rotation: nobody has told the balancer. */
export class Balancer {
  private next = 0;
  private readonly uniforms: KeyedUniforms;

  constructor(
    private readonly servers: readonly Server[],
    private readonly policy: ServerParameters['balancing'],
    seed: string,
  ) {
    this.uniforms = new KeyedUniforms(seed, 'balancing');
  }

  pick(key: DrawKey): Server {
    const { servers } = this;
    const count = servers.length;
    switch (this.policy) {
      case 'round-robin': {
        const chosen = servers[this.next]!;
        this.next = this.next + 1 < count ? this.next + 1 : 0;
        return chosen;
      }
      case 'least-connections': {
        let least = servers[0]!;
        for (const server of servers) if (server.connections < least.connections) least = server;
        return least;
      }
      case 'random':
        return this.draw(key.item, key.turn, key.stream);
      case 'ip-hash':
        // The same client always meets the same server, whichever attempt this is.
        return this.draw(key.item, 0, key.stream);
    }
  }

  private draw(item: number, turn: number, stream: number): Server {
    const u = this.uniforms.at(item, turn, stream).double();
    return this.servers[Math.floor(u * this.servers.length)]!;
  }
}
