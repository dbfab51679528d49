import { drawOf } from '../../workload/properties.js';
import type { UploadDraw, Workload } from '../../workload/workload.js';

/**
 * What was drawn for each upload; of a closed loop, whose number of uploads is an outcome, the first of every user.
 */
export function* drawnUploads({ uploads }: Workload): Generator<Readonly<UploadDraw>> {
  const draw: UploadDraw = {
    size: 0,
    client: 0,
    bucket: 0,
    file: 0,
    weight: 0,
    uplink: 0,
    downlink: 0,
    rttServer: 0,
    rttStorage: 0,
    loss: 0,
    mistakes: 0,
  };
  for (let user = 0; user < (uploads.closed?.users ?? 0); user++) {
    uploads.readTurn(user, 0, draw);
    yield draw;
  }
  for (let index = 0; index < uploads.count; index++) {
    yield drawOf(uploads.properties, index);
  }
}

/** Bytes: the mean and the largest of the sizes that were drawn. */
export function sizes(workload: Workload): { readonly mean: number; readonly largest: number } {
  let count = 0;
  let sum = 0;
  let largest = 0;
  for (const { size } of drawnUploads(workload)) {
    count++;
    sum += size;
    largest = Math.max(largest, size);
  }
  return { mean: count > 0 ? sum / count : 0, largest };
}
