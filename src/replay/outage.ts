/** A request that is with storage: from its first packet's arrival there to the answer's departure. */
export interface StorageGuest {
  /** Storage has gone down with its connection. */
  loseStorage(): void;
  /** Called after all that were with storage have lost it. */
  learnOfOutage(): void;
}

/** Times in which storage is down: what is with it breaks, and nobody gets in. Only where faults let it go down. */
export class Outage {
  /** Faults that keep it down now. */
  private reasons = 0;
  private readonly guests = new Set<StorageGuest>();

  /** A packet comes to storage; false where it is refused. */
  admit(guest: StorageGuest): boolean {
    if (this.reasons > 0) return false;
    this.guests.add(guest);
    return true;
  }

  leave(guest: StorageGuest): void {
    this.guests.delete(guest);
  }

  begin(): void {
    if (this.reasons++ > 0) return;
    const lost = [...this.guests];
    this.guests.clear();
    for (const guest of lost) guest.loseStorage();
    for (const guest of lost) guest.learnOfOutage();
  }

  end(): void {
    this.reasons--;
  }
}
