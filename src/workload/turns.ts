import { KeyedUniforms } from '../kernel/random.js';
import type { BackgroundSpec, ClientClass, Distribution } from '../scenario/types.js';
import { drawMistake } from './mistakes.js';
import { pickWeighted, sample } from './sample.js';
import type { RequestDraw, UploadDraw } from './workload.js';

/** The jobs of a closed loop, drawn when they are asked for, keyed by (user, turn). */
export class TurnDraws {
  private readonly clients: KeyedUniforms;
  private readonly sizes: KeyedUniforms;
  private readonly names: KeyedUniforms;
  private readonly mistakes: KeyedUniforms;
  private readonly weights: readonly number[];

  constructor(
    private readonly classes: readonly ClientClass[],
    seed: string,
    private readonly size: Distribution,
    private readonly choices: readonly {
      readonly indices: readonly number[];
      readonly weights: readonly number[];
    }[],
  ) {
    this.clients = new KeyedUniforms(seed, 'turns/client');
    this.sizes = new KeyedUniforms(seed, 'turns/size');
    this.names = new KeyedUniforms(seed, 'turns/names');
    this.mistakes = new KeyedUniforms(seed, 'turns/mistakes');
    this.weights = classes.map(client => client.weight);
  }

  readUpload(user: number, turn: number, into: UploadDraw): void {
    const client = this.readClient(user, turn, into);
    this.readRoundTrips(client, into);
    into.size = sample(this.size, this.sizes.at(user, turn));
    const names = this.names.at(user, turn);
    const [bucket, file] = this.choices.map(({ indices, weights }) => indices[pickWeighted(weights, names)]!);
    into.bucket = bucket!;
    into.file = file!;
    into.weight = 1;
    into.mistakes = drawMistake(client, this.mistakes.at(user, turn));
  }

  readRequest(user: number, turn: number, spec: BackgroundSpec, into: RequestDraw): void {
    const client = this.readClient(user, turn, into);
    this.readRoundTrips(client, into);
    const sizes = this.sizes.at(user, turn);
    into.request = sample(spec.request, sizes);
    into.response = sample(spec.response, sizes);
    into.service = sample(spec.service, sizes);
  }

  private readRoundTrips({ rtt }: ClientClass, into: { rttServer: number; rttStorage: number }): void {
    into.rttServer = sample(rtt.server, this.clients);
    into.rttStorage = rtt.storage === rtt.server ? into.rttServer : sample(rtt.storage, this.clients);
  }

  private readClient(
    user: number,
    turn: number,
    into: { client: number; uplink: number; downlink: number; loss: number },
  ): ClientClass {
    const uniforms = this.clients.at(user, turn);
    into.client = pickWeighted(this.weights, uniforms);
    const client = this.classes[into.client]!;
    into.uplink = sample(client.uplink, uniforms);
    into.downlink = sample(client.downlink, uniforms);
    into.loss = sample(client.loss, uniforms);
    return client;
  }
}
