import type { TopologyOptions } from '../scenario/types.js';
import type { FileParts } from '../topologies/topology.js';
import type { DrawKey, Draws } from './draws.js';
import type { Upload } from './upload.js';
import { Wave } from './wave.js';

/** Keeps what is drawn for parts apart from what is drawn for whole uploads: part 0 is this stream, part 1 the next. */
const PARTS = 2 ** 30;

/**
 * A file in parts of one size (the last one may be smaller), and what storage has of it: this outlives the attempts
 * of its upload, so that a retry goes on where the last one stopped. Parts are sent in order, in waves, and those that
 * storage does not let in are the last of their wave: what is stored is always the beginning of the file.
 */
export class Parts implements FileParts {
  opened = false;
  /** The parts have become one object. */
  completed = false;
  readonly count: number;
  /** Parts that storage has. */
  stored = 0;
  /** Parts of the wave under way that storage has let in. */
  admitted = 0;
  readonly underWay = new Wave();
  /** The exchange with a server goes over a connection that was open before, whose window has grown. */
  warm = false;
  /** Of the wave under way some were sent away. */
  private refused = false;

  constructor(
    private readonly size: number,
    private readonly options: Pick<TopologyOptions, 'partSize' | 'parallel'>,
  ) {
    const { partSize } = options;
    const count = Math.ceil(size / partSize);
    // Where the quotient was rounded up over a whole number, no byte is left for the last part.
    this.count = count > 1 && (count - 1) * partSize >= size ? count - 1 : Math.max(1, count);
  }

  get left(): number {
    return this.count - this.stored;
  }

  get wave(): number {
    return Math.min(this.options.parallel, this.left);
  }

  get storedBytes(): number {
    return Math.min(this.size, this.stored * this.options.partSize);
  }

  /** Bytes of the first and of the last part of the wave under way. */
  get first(): number {
    return this.bytesOf(this.stored);
  }

  get last(): number {
    return this.bytesOf(this.stored + this.admitted - 1);
  }

  /** Storage lets in the first so many parts of a wave. */
  admit(parts: number): void {
    this.refused = parts < this.wave;
    this.admitted = parts;
  }

  /** What was let in and did not break is stored; true where that is the whole wave. */
  keep(): boolean {
    const { intact, broken } = this.underWay;
    this.stored += intact;
    return !this.refused && broken === 0;
  }

  /** The stream from which the next part draws. */
  get stream(): number {
    return PARTS + this.stored;
  }

  /** What each of the next parts draws, added up. */
  sum(draw: Draws['sign'], parts: number, key: DrawKey): number {
    if (draw.constant !== null) return parts * draw.constant;
    let sum = 0;
    for (let i = 0; i < parts; i++) sum += draw.for(this.keyOf(i, key));
    return sum;
  }

  /** The longest of what the parts draw that have come through. */
  longest(draw: Draws['firstByte'], key: DrawKey): number {
    if (draw.constant !== null) return draw.constant;
    let longest = 0;
    for (let i = 0; i < this.underWay.intact; i++) longest = Math.max(longest, draw.for(this.keyOf(i, key)));
    return longest;
  }

  private bytesOf(part: number): number {
    const { partSize } = this.options;
    return part === this.count - 1 ? this.size - part * partSize : partSize;
  }

  private keyOf(next: number, { item, turn }: DrawKey): DrawKey {
    return { stream: this.stream + next, item, turn };
  }
}

/** The parts of the uploads in the system; no upload of any other topology has to carry a place for them. */
export class PartedUploads {
  private readonly known = new Map<Upload, Parts>();

  constructor(private readonly options: TopologyOptions) {}

  of(upload: Upload): Parts {
    let parts = this.known.get(upload);
    if (parts === undefined) {
      parts = new Parts(upload.size, this.options);
      this.known.set(upload, parts);
    }
    return parts;
  }

  forget(upload: Upload): void {
    this.known.delete(upload);
  }
}
