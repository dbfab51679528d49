import { sequence } from '../kernel/random.js';
import type { BackgroundSpec, Scenario, Trace } from '../scenario/types.js';
import { drawArrivals } from './arrivals.js';
import { ClientColumns } from './clients.js';
import { closedLoop } from './closed-loop.js';
import { drawColumn, drawNames, traceOf } from './column.js';
import { drawMistakes } from './mistakes.js';
import { NameTable } from './names.js';
import { TurnDraws } from './turns.js';
import type { Property, RequestStream, UploadStream, Workload } from './workload.js';

/**
 * Draws the workload of one replication. Every property has a random sequence of its own, so that a change of
 * one (another size distribution, one more background class) leaves all others as they were.
 */
export function drawWorkload(scenario: Scenario, seed: string): Workload {
  const buckets = new NameTable();
  const files = new NameTable();
  const uploads = drawUploads(scenario, `${seed}/uploads`, buckets, files);
  const background = scenario.workload.background.map(spec => drawRequests(scenario, spec, seed));
  return {
    uploads,
    background,
    clients: scenario.clients.map(client => client.name),
    buckets: buckets.names,
    files: files.names,
    drops: breaking(scenario.clients),
  };
}

function breaking(clients: Scenario['clients']): Workload['drops'] {
  const lives = clients.map(({ drops }) => drops);
  return lives.some(({ seconds, bytes }) => Math.min(seconds, bytes) < Number.POSITIVE_INFINITY)
    ? lives
    : null;
}

function drawUploads(scenario: Scenario, seed: string, buckets: NameTable, files: NameTable): UploadStream {
  const spec = scenario.workload.uploads;
  const { count, start, id } = drawArrivals(spec.arrivals, seed);
  const trace = traceOf(spec.arrivals);
  const client = new ClientColumns(scenario.clients, count, seed, trace, id);
  const size = drawColumn(spec.size, count, sequence(seed, 'size'), trace?.size, id);
  const bucket = drawNames(spec.bucket, buckets, count, sequence(seed, 'bucket'), trace, 'bucket', id);
  const file = drawNames(spec.file, files, count, sequence(seed, 'file'), trace, 'fileName', id);
  const mistakes = drawMistakes(scenario.clients, client, count, sequence(seed, 'mistakes'));
  const weight = weightsOf(trace?.weight, id);
  const turns = new TurnDraws(scenario.clients, seed, spec.size, [bucket.choice, file.choice]);
  const { classOf, uplink, downlink, rttServer, rttStorage, loss } = client;
  return {
    count,
    start,
    id,
    closed: closedLoop(spec.arrivals, seed),
    properties: {
      client: classOf,
      uplink,
      downlink,
      rttServer,
      rttStorage,
      loss,
      size: size.at,
      bucket: bucket.at,
      file: file.at,
      mistakes,
      weight,
    },
    readTurn: (user, turn, into) => turns.readUpload(user, turn, into),
  };
}

function drawRequests(scenario: Scenario, spec: BackgroundSpec, seed: string): RequestStream {
  const own = `${seed}/background/${spec.name}`;
  const { count, start, id } = drawArrivals(spec.arrivals, own);
  const trace = traceOf(spec.arrivals);
  const client = new ClientColumns(scenario.clients, count, own, trace, id);
  const request = drawColumn(spec.request, count, sequence(own, 'request'), trace?.size, id);
  const response = drawColumn(spec.response, count, sequence(own, 'response'), undefined, id);
  const service = drawColumn(spec.service, count, sequence(own, 'service'), undefined, id);
  const turns = new TurnDraws(scenario.clients, own, spec.request, []);
  return {
    name: spec.name,
    count,
    start,
    id,
    closed: closedLoop(spec.arrivals, own),
    read(index, into) {
      client.read(index, into);
      into.rttServer = client.rttServer(index);
      into.rttStorage = client.rttStorage(index);
      into.request = request.at(index);
      into.response = response.at(index);
      into.service = service.at(index);
    },
    readTurn: (user, turn, into) => turns.readRequest(user, turn, spec, into),
  };
}

function weightsOf(weights: Trace['weight'], id: Uint32Array): Property {
  if (weights === undefined) return () => 1;
  return job => {
    const weight = weights[id[job]!]!;
    return Number.isNaN(weight) ? 1 : weight;
  };
}
