import type { Step } from '../kernel/process.js';
import { Call } from './call.js';
import type { Context } from './context.js';
import type { DrawKey } from './draws.js';
import type { ClientLink } from './host.js';

/** Keeps what is drawn for notifications apart from what is drawn for the uploads they are about. */
const NOTIFICATIONS = 2 ** 31;

/**
 * Storage tells a server that a file is there. Nobody waits for it: it costs the server a thread and the work of
 * one request, and one that finds no server or no room is lost.
 */
export class Notification extends Call {
  readonly stream: number;
  readonly item: number;
  readonly turn: number;

  /** `key` is that of the upload's attempt. */
  constructor(context: Context, key: DrawKey, client: ClientLink) {
    super(context, client);
    this.stream = key.stream + NOTIFICATIONS;
    this.item = key.item;
    this.turn = key.turn;
  }

  protected get holdTimeCounts(): boolean {
    return false;
  }

  protected get onNewConnection(): boolean {
    return false;
  }

  protected get clientGone(): boolean {
    return true;
  }

  protected get requestBody(): number {
    return 0;
  }

  begin(): void {
    this.context.loneWork(1);
    this.start(this.stages());
  }

  private *stages(): Generator<Step, void, void> {
    const server = this.assign();
    yield this.reach(server);
    yield this.headArrived(server);
    yield this.takeThreadOf(server);
    yield this.handle(server);
    this.giveBack();
  }

  protected override completed(): void {
    this.context.loneWork(-1);
  }

  protected override endedAlone(): void {
    this.context.loneWork(-1);
  }

  protected override concluded(): void {
    throw new Error('a notification has no client that could learn of its end');
  }

  protected override deadlineMissed(): void {
    throw new Error('a notification has no deadline');
  }
}
