/** What the user wants of a log. */
import type { Distribution } from '../scenario/types.js';

export interface Rules {
  /** Bytes from which a request with a body is an upload; undefined: as fits the format. */
  readonly minSize: number | undefined;
  /** Sizes of uploads of which the log does not tell any; null: such uploads are skipped. */
  readonly sizes: Distribution | null;
  /** Whether failed uploads are taken, too. */
  readonly failed: boolean;
  /** Beginnings of the paths of uploads; none: any path. */
  readonly uploadPaths: readonly string[];
  /** Groups of background requests that are told apart; 0: no background. */
  readonly groups: number;
  /** Whether instants that are known to the second are spread over it. */
  readonly spread: boolean;
  /** Whether observed upload rates become the clients' uplinks. */
  readonly uplinks: boolean;
  /** Whether the keys of files are kept. */
  readonly keys: boolean;
  /** Instants in microseconds; requests that start outside of them are skipped. */
  readonly from: number;
  readonly until: number;
}

/** Bodies below this are mostly calls of an API. */
const leastUpload = 100_000;

/** @param ofStorage whether every request is to store a file */
export function minSizeOf(rules: Rules, ofStorage: boolean): number {
  return rules.minSize ?? (ofStorage ? 1 : leastUpload);
}
