import type { UploadDraw, UploadProperties } from './workload.js';

/** All properties of one job in an object of its own. */
export function drawOf(properties: UploadProperties, job: number): UploadDraw {
  return {
    size: properties.size(job),
    client: properties.client(job),
    bucket: properties.bucket(job),
    file: properties.file(job),
    weight: properties.weight(job),
    uplink: properties.uplink(job),
    downlink: properties.downlink(job),
    rttServer: properties.rttServer(job),
    rttStorage: properties.rttStorage(job),
    loss: properties.loss(job),
    mistakes: properties.mistakes(job),
  };
}
