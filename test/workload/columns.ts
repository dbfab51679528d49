/** What a scenario draws, as plain arrays. */

import { drawWorkload } from '../../src/workload/draw.js';
import type { UploadDraw, UploadStream, Workload } from '../../src/workload/workload.js';
import { readUpload } from '../reference/read-upload.js';
import { type Files, fluidWith, type Part, parseText } from '../theory/scenario-text.js';

export function draw(parts: Part, seed = 'draw', files: Files = {}): Workload {
  const scenario = fluidWith({ ...parts, topologies: ['valet-key'] });
  return drawWorkload(parseText(scenario, files).scenario, seed);
}

export function blank(): UploadDraw {
  const none = Number.NaN;
  return {
    size: none,
    client: none,
    bucket: none,
    file: none,
    weight: none,
    uplink: none,
    downlink: none,
    rttServer: none,
    rttStorage: none,
    loss: none,
    mistakes: none,
  };
}

/** All uploads of an open stream. */
export function jobs(uploads: UploadStream): UploadDraw[] {
  return Array.from({ length: uploads.count }, (_, index) => {
    const into = blank();
    readUpload(uploads.properties, index, into);
    return into;
  });
}

export const column = (uploads: UploadStream, name: keyof UploadDraw): number[] =>
  jobs(uploads).map(job => job[name]);
