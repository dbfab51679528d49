import type { Topology } from './topology.js';

/** The server signs a temporary, restricted URL; the client uploads to storage directly. */
export const valetKey: Topology = {
  kind: 'valet-key',
  bodiesThroughServers: false,
  spools: false,
  poolsUpstream: false,
  issuesTokens: true,
  inParts: false,
  unequalInto: 'storage',

  *upload(job, site) {
    const { request, response, notify } = site.valetKey;
    if (job.step === 'permission') {
      const server = job.pickServer();
      yield job.connect(server);
      yield job.send(server, request);
      yield job.takeThread(server);
      yield job.receiveMessage(server, request);
      yield job.handleRequest(server);
      yield job.authorise();
      yield job.sign(server);
      job.issueToken();
      yield job.answer(server, response);
      job.receiveToken();
      yield job.dawdle();
    }
    if (job.step === 'put') {
      const { storage } = site;
      yield job.connect(storage);
      yield job.preflight(storage);
      yield job.send(storage);
      yield job.presentToken();
      yield job.slowStart(storage.routes.direct);
      yield job.transfer(storage.routes.direct);
      yield job.commit();
      if (notify === 'storage') job.notifyFromStorage();
      yield job.answer(storage);
      job.stored();
    }
    if (notify === 'client') {
      const server = job.keptAlive ?? job.pickServer();
      if (job.keptAlive === null) yield job.connect(server);
      else yield job.reuseConnection(server);
      yield job.send(server);
      yield job.takeThread(server);
      yield job.handleRequest(server);
      yield job.answer(server);
    }
  },
};
