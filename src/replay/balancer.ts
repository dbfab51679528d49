import { KeyedUniforms } from '../kernel/random.js';
import type { ServerParameters } from '../scenario/types.js';
import type { DrawKey } from './draws.js';
import type { Server } from './server.js';

/** How often a client whose server is out of the rotation is hashed again (as by nginx) before any will do. */
const REHASHES = 20;

/**
 * Chooses the server of each request. Without health checks a dead server stays in the rotation: nobody has told the
 * balancer.
 */
export class Balancer {
  private next = 0;
  private readonly uniforms: KeyedUniforms;
  /** Those among which a client's address chooses, of which some may be out of the rotation. */
  private hashed: readonly Server[];

  /** `servers`: in ascending order. */
  constructor(
    private servers: readonly Server[],
    private readonly policy: ServerParameters['balancing'],
    seed: string,
  ) {
    this.hashed = servers;
    this.uniforms = new KeyedUniforms(seed, 'balancing');
  }

  /** From now on requests go to some of the members only; both in ascending order, and never empty. */
  sendTo(receiving: readonly Server[], members: readonly Server[]): void {
    const upcoming = this.servers[this.next]!.index;
    const place = receiving.findIndex(({ index }) => index >= upcoming);
    this.next = Math.max(0, place);
    this.servers = receiving;
    this.hashed = members;
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
        return this.hash(key);
    }
  }

  private draw(item: number, turn: number, stream: number): Server {
    return oneOf(this.servers, this.uniforms.at(item, turn, stream).double());
  }

  /**
   * The same client always meets the same server, whichever attempt this is. While that one is out of the rotation its
   * clients are spread over the others, and nobody else moves.
   */
  private hash({ item, stream }: DrawKey): Server {
    const { servers, hashed } = this;
    const uniforms = this.uniforms.at(item, 0, stream);
    let server = oneOf(hashed, uniforms.double());
    if (servers.length === hashed.length) return server;
    for (let again = 0; again < REHASHES; again++) {
      if (servers.includes(server)) return server;
      server = oneOf(hashed, uniforms.double());
    }
    return oneOf(servers, uniforms.double());
  }
}

function oneOf(servers: readonly Server[], uniform: number): Server {
  return servers[Math.floor(uniform * servers.length)]!;
}
