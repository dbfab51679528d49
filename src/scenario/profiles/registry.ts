/** Every profile that a scenario can name; a new one is a file and a line here. */
import { azureBlobHot } from './azure-blob-hot.js';
import { gcsStandard } from './gcs-standard.js';
import { minio } from './minio.js';
import type { StorageProfile } from './profile.js';
import { r2 } from './r2.js';
import { s3Standard } from './s3-standard.js';

export const storageProfiles: readonly StorageProfile[] = [s3Standard, gcsStandard, azureBlobHot, r2, minio];

export const storageProfile = (name: string): StorageProfile | undefined =>
  storageProfiles.find(profile => profile.name === name);
