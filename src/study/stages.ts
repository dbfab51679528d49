import type { Phase, StepType } from '../journey.js';
import type { Verb } from '../replay/watch.js';

/** What a verb of a topology's program means in the story of an upload. */
export interface StageKind {
  readonly type: StepType;
  readonly phase: Phase;
  /** Told also where it takes no time. */
  readonly always: boolean;
  /** From where to where: of the client, the server of the attempt, storage, or the ends of the route. */
  readonly way: readonly [from: Place, to: Place] | 'route';
}
export type Place = 'client' | 'gateway' | 'server' | 'storage' | 'host';

const kind = (
  type: StepType,
  phase: Phase,
  way: StageKind['way'],
  always: 'always' | 'timed' = 'timed',
): StageKind => ({ type, phase, way, always: always === 'always' });

/** `host` is whatever the verb names. A new verb needs its line here before it compiles. */
export const stageKinds: Readonly<Record<Verb, StageKind>> = {
  pickServer: kind('note', 'messages', ['client', 'client']),
  connect: kind('handshake', 'connecting', ['client', 'host'], 'always'),
  reuseConnection: kind('note', 'connecting', ['client', 'client'], 'always'),
  preflight: kind('handshake', 'connecting', ['client', 'host']),
  send: kind('request', 'messages', ['client', 'host'], 'always'),
  receiveMessage: kind('request', 'messages', ['client', 'host']),
  takeThread: kind('wait', 'waiting', ['server', 'server'], 'always'),
  reserveMemory: kind('note', 'waiting', ['server', 'server']),
  holdMemory: kind('note', 'server', ['server', 'server'], 'always'),
  reserveDisk: kind('note', 'server', ['server', 'server'], 'always'),
  handleRequest: kind('work', 'server', ['server', 'server']),
  authorise: kind('work', 'server', ['server', 'server']),
  sign: kind('work', 'server', ['server', 'server']),
  issueToken: kind('note', 'server', ['server', 'server'], 'always'),
  slowStart: kind('wait', 'slowStart', ['client', 'client']),
  transfer: kind('bytes', 'bytes', 'route', 'always'),
  receiveIntoMemory: kind('bytes', 'bytes', ['client', 'server'], 'always'),
  toGateway: kind('bytes', 'bytes', 'route', 'always'),
  bodyReceived: kind('note', 'server', ['server', 'server']),
  takeUpstreamConnection: kind('wait', 'waiting', ['server', 'server']),
  reachStorage: kind('request', 'messages', ['server', 'storage'], 'always'),
  commit: kind('work', 'storage', ['storage', 'storage']),
  storageAnswers: kind('response', 'messages', ['storage', 'server'], 'always'),
  answer: kind('response', 'messages', ['host', 'client'], 'always'),
  receivePermission: kind('note', 'messages', ['client', 'client']),
  receiveToken: kind('note', 'messages', ['client', 'client']),
  dawdle: kind('wait', 'client', ['client', 'client']),
  presentToken: kind('note', 'storage', ['storage', 'storage'], 'always'),
  openParts: kind('note', 'storage', ['storage', 'storage']),
  presentTokens: kind('note', 'storage', ['storage', 'storage'], 'always'),
  transferParts: kind('bytes', 'bytes', 'route', 'always'),
  commitParts: kind('work', 'storage', ['storage', 'storage']),
  keepParts: kind('note', 'storage', ['storage', 'storage']),
  completeParts: kind('note', 'storage', ['storage', 'storage']),
  stored: kind('note', 'storage', ['storage', 'storage']),
  notifyFromStorage: kind('request', 'messages', ['storage', 'server'], 'always'),
};

/** The ends of the routes that file bytes take. */
export const routeEnds: Readonly<Record<string, readonly [from: Place, to: Place, through: boolean]>> = {
  'client to server': ['client', 'server', false],
  'client to gateway': ['client', 'gateway', false],
  'gateway to server': ['gateway', 'server', false],
  'gateway through server to storage': ['gateway', 'storage', true],
  'server to storage': ['server', 'storage', false],
  'client to storage': ['client', 'storage', false],
  'client through server to storage': ['client', 'storage', true],
};
