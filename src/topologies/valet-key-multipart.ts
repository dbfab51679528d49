import type { PartedJob, Topology } from './topology.js';

/** The server signs a URL for each part of the file; the client uploads some parts at a time to storage directly. */
export const valetKeyMultipart: Topology = {
  kind: 'valet-key-multipart',
  bodiesThroughServers: false,
  spools: false,
  poolsUpstream: false,
  issuesTokens: true,
  inParts: true,
  unequalInto: 'storage',

  *upload(job: PartedJob, site) {
    const { request, response, notify } = site.valetKey;
    const { storage } = site;
    const { direct } = storage.routes;
    const { parts } = job;
    const upfront = site.options.signing === 'upfront';
    if (job.step === 'permission') {
      const server = job.pickServer();
      yield job.connect(server);
      yield job.send(server, request);
      yield job.takeThread(server);
      yield job.receiveMessage(server, request);
      yield job.handleRequest(server);
      yield job.authorise();
      if (!parts.opened) {
        yield job.reachStorage(server);
        yield job.openParts();
        yield job.storageAnswers(server);
      }
      if (upfront) {
        yield job.sign(server, parts.left);
        job.issueToken();
        yield job.answer(server, parts.left * response);
        job.receiveToken();
      } else {
        yield job.answer(server);
        job.receivePermission();
      }
      yield job.dawdle();
    }
    for (let wave = 1; parts.left > 0; wave++) {
      if (!upfront) {
        const server = job.keptAlive ?? job.pickServer();
        if (job.keptAlive === null) yield job.connect(server);
        else yield job.reuseConnection(server);
        yield job.send(server, request);
        yield job.takeThread(server);
        yield job.receiveMessage(server, request);
        yield job.handleRequest(server);
        yield job.authorise();
        yield job.sign(server, parts.wave);
        job.issueToken();
        yield job.answer(server, parts.wave * response);
        job.receiveToken();
      }
      if (wave === 1) {
        yield job.connect(storage);
        yield job.preflight(storage);
      } else {
        yield job.reuseConnection(storage);
      }
      yield job.send(storage);
      yield job.presentTokens();
      if (wave === 1) yield job.slowStart(direct);
      yield job.transferParts(direct);
      yield job.commitParts();
      yield job.keepParts();
      yield job.answer(storage);
    }
    job.stored();
    const server = job.keptAlive ?? job.pickServer();
    if (job.keptAlive === null) yield job.connect(server);
    else yield job.reuseConnection(server);
    yield job.send(server);
    yield job.takeThread(server);
    yield job.handleRequest(server);
    yield job.reachStorage(server);
    yield job.commit(server);
    job.completeParts();
    if (notify === 'storage') job.notifyFromStorage();
    yield job.storageAnswers(server);
    yield job.answer(server);
  },
};
