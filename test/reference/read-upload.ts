import type { UploadDraw, UploadProperties } from '../../src/workload/workload.js';

/** Fills `into` with the properties of an open stream's upload. */
export function readUpload(properties: UploadProperties, job: number, into: UploadDraw): void {
  for (const name of Object.keys(properties) as (keyof UploadDraw)[]) into[name] = properties[name](job);
}
