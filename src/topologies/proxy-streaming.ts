import type { Topology } from './topology.js';

/** The server passes the bytes on to storage as they arrive. */
export const proxyStreaming: Topology = {
  kind: 'proxy-streaming',
  bodiesThroughServers: true,
  spools: false,
  poolsUpstream: false,
  issuesTokens: false,
  inParts: false,
  unequalInto: null,

  *upload(job, site) {
    const server = job.pickServer();
    yield job.connect(server);
    yield job.send(server);
    yield job.takeThread(server);
    yield job.reserveMemory(server, site.options.streamBuffer);
    yield job.holdMemory(server, site.options.streamBuffer);
    yield job.handleRequest(server);
    yield job.slowStart(server.routes.through);
    yield job.reachStorage(server);
    yield job.transfer(server.routes.through);
    yield job.commit(server);
    yield job.storageAnswers(server);
    yield job.answer(server);
  },
};
