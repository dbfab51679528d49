/** Whole objects in storage of uploads that failed after all: nobody has told the application of them. */
export class Remains {
  orphans = 0;
  orphanBytes = 0;

  orphaned(bytes: number): void {
    this.orphans++;
    this.orphanBytes += bytes;
  }
}

/** The requests of uploads in parts by their kind, and the parts of uploads that failed: they stay where they are. */
export class PartsLog {
  readonly requests = { create: 0, uploadPart: 0, complete: 0 };
  abandonedParts = 0;
  abandonedBytes = 0;

  /** A server's request: the first one opens the upload, any later one completes it. */
  serverAsked(isOpen: boolean): void {
    if (isOpen) this.requests.complete++;
    else this.requests.create++;
  }

  abandoned(parts: number, bytes: number): void {
    this.abandonedParts += parts;
    this.abandonedBytes += bytes;
  }
}
