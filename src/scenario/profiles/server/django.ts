import type { Profile } from '../profile.js';
import { gunicornSync, killed } from './gunicorn-sync.js';

const settings = 'https://docs.djangoproject.com/en/5.2/ref/settings/';

export const django: Profile = {
  name: 'django',
  summary: 'Django 5.2 on gunicorn, 8 sync workers',
  values: {
    ...gunicornSync.values,
    baseMemory: {
      value: '800MB',
      kind: 'estimate',
      source: 'no figure was found; 8 processes of 100 MB',
    },
  },
  facts: [
    {
      name: 'FILE_UPLOAD_MAX_MEMORY_SIZE',
      value: '2621440B',
      kind: 'documented',
      source: settings,
      note: 'a temporary file above it',
    },
    {
      name: 'DATA_UPLOAD_MAX_MEMORY_SIZE',
      value: '2621440B',
      kind: 'documented',
      source: settings,
      note: 'files do not count',
    },
    {
      name: 'bytes of a file that are read at once',
      value: '64KiB',
      kind: 'documented',
      source: 'django 5.2.17: core/files/uploadhandler.py',
    },
    ...gunicornSync.facts.filter(({ name }) => !name.startsWith('Flask')),
  ],
  cautions: {
    'proxy-buffered': `Django writes files above 2.5 MiB to temporary files; proxy-buffered keeps them in memory, as an application does that reads a file as a whole. And ${killed}`,
    'proxy-streaming': killed,
  },
};
