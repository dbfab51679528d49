import { bytes, count } from '../../readable.js';
import type { TopologyResult } from '../../result.js';

/** Clauses on what failed uploads leave in storage: somebody pays for it until somebody removes it. */
export function remains({ storage }: TopologyResult): readonly string[] {
  const { abandonedParts, abandonedBytes, orphans, orphanBytes } = storage;
  const clauses: string[] = [];
  if (abandonedParts) {
    const parts = abandonedParts === 1 ? 'one part' : `${count(abandonedParts)} parts`;
    clauses.push(
      `${bytes(abandonedBytes)} in ${parts} of failed uploads wait in storage, paid for, until a lifecycle rule removes them`,
    );
  }
  if (orphans) {
    const files = orphans === 1 ? 'one file' : `${count(orphans)} files`;
    clauses.push(
      `${files} (${bytes(orphanBytes)}) ${orphans === 1 ? 'is' : 'are'} in storage of which the application knows nothing`,
    );
  }
  return clauses;
}
