/** Every profile that a scenario can name; a new one is a file and a line here. */
import { accessNetworks } from './client/access-networks.js';
import { gateways } from './gateway/gateways.js';
import { awsInstances } from './instance/aws.js';
import { azureInstances } from './instance/azure.js';
import { gcpInstances } from './instance/gcp.js';
import { awsUsEast1 } from './prices/aws-us-east-1.js';
import type { Profile, ProfileKind } from './profile.js';
import { django } from './server/django.js';
import { expressMulter } from './server/express-multer.js';
import { go } from './server/go.js';
import { gunicornSync } from './server/gunicorn-sync.js';
import { nginx } from './server/nginx.js';
import { nodeHttp } from './server/node-http.js';
import { phpFpm } from './server/php-fpm.js';
import { puma } from './server/puma.js';
import { tomcat } from './server/tomcat.js';
import { uvicorn } from './server/uvicorn.js';
import { azureBlobHot } from './storage/azure-blob-hot.js';
import { gcsStandard } from './storage/gcs-standard.js';
import { minio } from './storage/minio.js';
import { r2 } from './storage/r2.js';
import { s3Standard } from './storage/s3-standard.js';

const one = (kind: ProfileKind): ProfileKind => kind;

export const profileKinds = {
  client: one({
    field: 'clients[].profile',
    title: 'Access networks of clients',
    noun: 'a client profile',
    profiles: accessNetworks,
  }),
  server: one({
    field: 'server.profile',
    title: 'Server software',
    noun: 'a server profile',
    profiles: [nodeHttp, expressMulter, tomcat, nginx, gunicornSync, uvicorn, django, puma, go, phpFpm],
  }),
  instance: one({
    field: 'server.instance',
    title: 'Server instances',
    noun: 'an instance',
    profiles: [...awsInstances, ...gcpInstances, ...azureInstances],
  }),
  storage: one({
    field: 'storage.profile',
    title: 'Object storage',
    noun: 'a storage profile',
    profiles: [s3Standard, gcsStandard, azureBlobHot, r2, minio],
  }),
  prices: one({
    field: 'prices.profile',
    title: 'Prices',
    noun: 'a set of prices',
    profiles: [awsUsEast1],
  }),
  gateway: one({
    field: 'gateway.profile',
    title: 'Gateways',
    noun: 'a gateway profile',
    profiles: gateways,
  }),
};

export const profileNamed = ({ profiles }: ProfileKind, name: unknown): Profile | undefined =>
  profiles.find(profile => profile.name === name);
