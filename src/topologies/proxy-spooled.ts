import type { Topology } from './topology.js';

/** A front writes the whole body to the server's disk; only then a thread sends it on to storage. */
export const proxySpooled: Topology = {
  kind: 'proxy-spooled',
  bodiesThroughServers: true,
  spools: true,
  poolsUpstream: true,
  issuesTokens: false,
  inParts: false,
  unequalInto: 'server',

  *upload(job, site) {
    const { perRequest } = site.options;
    const server = job.pickServer();
    yield job.connect(server);
    yield job.send(server);
    yield job.reserveMemory(server, perRequest);
    yield job.holdMemory(server, perRequest);
    yield job.reserveDisk(server, job.size);
    yield job.handleRequest(server);
    yield job.slowStart(server.routes.receive);
    yield job.transfer(server.routes.receive);
    job.bodyReceived();
    yield job.takeThread(server);
    yield job.takeUpstreamConnection(server);
    yield job.reachStorage(server);
    yield job.transfer(server.routes.forward);
    yield job.commit(server);
    yield job.storageAnswers(server);
    yield job.answer(server);
  },
};
