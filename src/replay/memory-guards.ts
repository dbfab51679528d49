import type { InstantObserver, Simulation } from '../kernel/simulation.js';
import { MemoryGuard } from './memory-guard.js';
import type { Server } from './server.js';

/** The guards of all servers; after each instant those look whose server's memory has changed at it. */
export class MemoryGuards implements InstantObserver {
  private readonly guards: readonly MemoryGuard[];
  /** Servers whose memory has changed at this instant. */
  private readonly restless: Int32Array;
  private readonly isRestless: Uint8Array;
  private restlessCount = 0;

  constructor(servers: readonly Server[], simulation: Simulation) {
    const lookAt = (server: Server): void => this.lookAt(server);
    this.guards = servers.map(server => new MemoryGuard(server, simulation, lookAt));
    this.restless = new Int32Array(servers.length);
    this.isRestless = new Uint8Array(servers.length);
  }

  /** Its guard looks when this instant is over. */
  lookAt({ index }: Server): void {
    if (this.isRestless[index] === 1) return;
    this.isRestless[index] = 1;
    this.restless[this.restlessCount++] = index;
  }

  instantSettled(): void {
    for (let i = 0; i < this.restlessCount; i++) {
      const server = this.restless[i]!;
      this.isRestless[server] = 0;
      this.guards[server]!.instantSettled();
    }
    this.restlessCount = 0;
  }
}
