/**
 * The bytes of a wave of parts: all connections that are under way carry the same, each for one part, until the
 * smallest of them is done or a connection breaks. Then the others go on.
 *
 * Three parts of 8, 8 and 5 MB whose connections break after 9 MB in all: each has 3 MB by then, one part is lost, and
 * of the other two each has 5 MB to go.
 */
export class Wave {
  /** Parts, from the first one on, that are through or can still come through. */
  intact = 0;
  /** Parts whose bytes are not yet through. */
  moving = 0;
  /** Connections that have broken, and the file bytes that were lost with them. */
  broken = 0;
  lostBytes = 0;
  private partBytes = 0;
  private lastBytes = 0;
  /** Bytes that each part under way has behind it, and bytes of them all since the last break. */
  private behind = 0;
  private sinceBreak = 0;

  /** So many parts of `partBytes` each set out; the last of them has `lastBytes`, which may be fewer. */
  begin(parts: number, partBytes: number, lastBytes: number): void {
    this.intact = this.moving = parts;
    this.partBytes = partBytes;
    this.lastBytes = lastBytes;
    this.broken = 0;
    this.lostBytes = 0;
    this.behind = 0;
    this.sinceBreak = 0;
  }

  /**
   * Bytes that all parts under way move together until the next of them is done or lost, where a connection breaks
   * after `bytesToBreak` since the last one did. From then on the wave is as it is once these bytes are through.
   */
  advance(bytesToBreak: number): number {
    const next = this.behind < this.lastBytes ? this.lastBytes : this.partBytes;
    const whole = this.moving * (next - this.behind);
    const toBreak = bytesToBreak - this.sinceBreak;
    if (toBreak < whole) {
      this.behind += toBreak / this.moving;
      this.lose();
      return toBreak;
    }
    this.behind = next;
    this.sinceBreak += whole;
    this.moving = next < this.partBytes ? this.moving - 1 : 0;
    return whole;
  }

  /**
   * The part that breaks is taken for the last of those under way; they are alike. A smaller one behind it that is
   * through already has to be sent again with it: what storage keeps is the beginning of the file.
   */
  private lose(): void {
    const isLastThrough = this.moving < this.intact;
    this.lostBytes += this.behind + (isLastThrough ? this.lastBytes : 0);
    this.lastBytes = this.partBytes;
    this.moving--;
    this.intact = this.moving;
    this.broken++;
    this.sinceBreak = 0;
  }
}
