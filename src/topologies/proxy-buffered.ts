import type { Topology } from './topology.js';

/** The server receives the whole body into memory, then sends it on to storage. */
export const proxyBuffered: Topology = {
  kind: 'proxy-buffered',
  bodiesThroughServers: true,
  spools: false,
  poolsUpstream: true,
  issuesTokens: false,
  inParts: false,
  unequalInto: 'server',

  *upload(job, site) {
    const { copies, completeCopies, perRequest } = site.options;
    const server = job.pickServer();
    yield job.connect(server);
    yield job.send(server);
    yield job.takeThread(server);
    yield job.reserveMemory(server, completeCopies * job.size + perRequest);
    yield job.holdMemory(server, perRequest);
    yield job.handleRequest(server);
    yield job.slowStart(server.routes.receive);
    yield job.receiveIntoMemory(server);
    job.bodyReceived();
    yield job.holdMemory(server, (completeCopies - copies) * job.size);
    yield job.takeUpstreamConnection(server);
    yield job.reachStorage(server);
    yield job.transfer(server.routes.forward);
    yield job.commit(server);
    yield job.storageAnswers(server);
    yield job.answer(server);
  },
};
