/** Broken scenarios: each with the place, the path and a meaningful part of the remedy. */
import { describe, expect, it } from 'vitest';
import { pathText, renderProblem } from '../../src/scenario/problem.js';
import { errorOf, parse, problemsOf, smallest } from './help.js';

/** `@` marks the place where the problem is; the rest of the smallest scenario follows. */
type Case = readonly [marked: string, path: string, message: RegExp];

const workload = 'workload: { uploads: { arrivals: { count: 1 }, size: 1MB } }';
const uploads = (body: string) => `name: m\nworkload:\n  uploads:\n${body}`;
const with_ = (body: string) => `name: m\n${workload}\n${body}`;

const cases: Readonly<Record<string, readonly Case[]>> = {
  'names and texts': [
    [`@${workload}\n`, 'name', /missing; a name of the scenario is needed/],
    [`name: @5\n${workload}`, 'name', /5 is not text; write it in quotes: "5"/],
    [`@name:\n${workload}`, 'name', /has no value; a name/],
    [`name: @[a]\n${workload}`, 'name', /a list stands here/],
    [`name: @""\n${workload}`, 'name', /empty/],
    [`name: @"a\\eb"\n${workload}`, 'name', /"a\\x1bb" has control characters or invisible ones/],
    [`name: @"so\u00adft"\n${workload}`, 'name', /has control characters or invisible ones/],
    [`name: @"\\u200d\\u200c"\n${workload}`, 'name', /the text is empty/],
    [`name: @${'x'.repeat(101)}\n${workload}`, 'name', /too long; at most 100/],
    [with_('description: @[x]'), 'description', /a text is needed/],
    [with_('seed: @1.5'), 'seed', /a whole number up to 15 digits/],
    [with_('seed: @12345678901234567890'), 'seed', /in quotes/],
    [with_('seed: @true'), 'seed', /text in quotes/],
  ],
  keys: [
    [with_('@sede: 1'), 'sede', /did you mean seed\?/],
    [with_('@Server: {}'), 'Server', /did you mean server\?/],
    [with_('@threads: 5'), 'threads', /it belongs in server/],
    [with_('@ttl: 5s'), 'ttl', /it belongs in valetKey/],
    [with_('server: { @base_memory: 1MB }'), 'server.base_memory', /did you mean baseMemory\?/],
    [with_('server: { @thread: 5 }'), 'server.thread', /did you mean threads\?/],
    [with_('server: { cpu: { @perReq: 5ms } }'), 'server.cpu.perReq', /did you mean perRequest\?/],
    [
      with_('server: { @qwertyuiop: 5 }'),
      'server.qwertyuiop',
      /known here: profile, instance, count, threads, .*price/,
    ],
    [with_('@constructor: 1'), 'constructor', /not a key here/],
    [with_('@prototype: 1'), 'prototype', /not a key here/],
    [with_('@__proto__: { x: 1 }'), '', /"__proto__" is not taken/],
    [with_('server: { @hasOwnProperty: 1 }'), 'server.hasOwnProperty', /not a key here/],
    [with_('@5: 1'), '', /"5" is not text; write keys as text/],
    [with_('? @[a]\n: 1'), '', /a key is not a word/],
    [with_('@~: 1'), '', /a key is empty/],
    [with_('@"a\\u202eb\\n": 1'), '["a\\u202eb\\n"]', /"a\\u202eb\\n" is not a key/],
    [
      uploads('    arrivals: { count: 1 }\n    @sise: 1MB\n    size: 1MB\n'),
      'workload.uploads.sise',
      /did you mean size\?/,
    ],
    [`${with_('server: { count: 1 }')}\n@server: { count: 2 }`, 'server', /stands twice/],
  ],
  bursts: [
    [with_('server: { network: { burst: @1Gbps } }'), 'server.network.burst', /1Gbps.*none, or a mapping/s],
    [
      with_('storage: { requestRate: { split: @true } }'),
      'storage.requestRate.split',
      /none, or a mapping such as/,
    ],
    [
      with_('server: { network: { burst: { rate: 1Gbps, credit: @5Gbps } } }'),
      'server.network.burst.credit',
      /size/,
    ],
    [
      with_('server: { network: { burst: { rate: @unlimited, credit: 5GB } } }'),
      'server.network.burst.rate',
      /rate/,
    ],
    [
      with_('server: { network: { burst: { @peak: 5Gbps, rate: 2Gbps, credit: 5GB } } }'),
      'server.network.burst.peak',
      /./,
    ],
    [
      with_('server: { network: { in: 1Gbps, burst: @{ rate: 1Gbps, credit: 5GB } } }'),
      'server.network.burst',
      /no faster than what lasts.*above the baseline/s,
    ],
    [
      with_(
        'topologies: [{ name: valet-key, server: { network: { burst: @{ baseline: 2Gbps, rate: 1Gbps, credit: 5GB } } } }]',
      ),
      'topologies[0].server.network.burst',
      /no faster than what lasts/,
    ],
    // Storage has no limit of its own, above which a burst could be.
    [
      with_('storage: { network: { burst: @{ rate: 1Gbps, credit: 5GB } } }'),
      'storage.network.burst',
      /no faster than what lasts/,
    ],
  ],
  faults: [
    [with_('faults: [@{ at: 1s, for: 1s }]'), 'faults[0]', /hits nothing; one of server, storage and link/],
    [
      with_('faults: [@{ at: 1s, for: 1s, server: 1, link: server.in }]'),
      'faults[0]',
      /server and link cannot stand together/,
    ],
    [with_('faults: [@{ for: 1s, server: 1 }]'), 'faults[0].at', /missing; a time/],
    [with_('faults: [{ at: 1s, for: @0s, server: 1 }]'), 'faults[0].for', /above 0/],
    [with_('faults: [{ at: @-1s, for: 1s, server: 1 }]'), 'faults[0].at', /negative|less than 0/],
    [with_('faults: [{ at: 1s, for: 1s, server: @0 }]'), 'faults[0].server', /counting from 1/],
    [with_('faults: [{ at: 1s, for: 1s, server: @2 }]'), 'faults[0].server', /no server 2; 1, the only one/],
    [
      with_('server: { count: 3 }\nfaults: [{ at: 1s, for: 1s, server: @4 }]'),
      'faults[0].server',
      /no server 4; 1 to 3, or all \(server.count is 3\)/,
    ],
    [
      with_('topologies: [{ name: valet-key, faults: [{ at: 1s, for: 1s, link: @server.2.in }] }]'),
      'topologies[0].faults[0].link',
      /no server 2/,
    ],
    [
      with_('faults: [{ at: 1s, for: 1s, server: 1, factor: @0.5 }]'),
      'faults[0].factor',
      /up or down; no factor/,
    ],
    [
      with_('faults: [{ at: 1s, for: 1s, storage: down, factor: @0.5 }]'),
      'faults[0].factor',
      /leaves no fraction; storage: slow/,
    ],
    [with_('faults: [{ at: 1s, for: 1s, storage: @slow }]'), 'faults[0].storage', /needs a factor above 0/],
    [with_('faults: [{ at: 1s, for: 1s, storage: @broken }]'), 'faults[0].storage', /down, or slow/],
    [with_('faults: [{ at: 1s, for: 1s, link: @storage.2.in }]'), 'faults[0].link', /no direction/],
    [with_('faults: [{ at: 1s, for: 1s, link: @server.up }]'), 'faults[0].link', /server.in, server.out/],
    [
      with_('faults: [{ at: 1s, for: 1s, link: server.in, factor: @1.5 }]'),
      'faults[0].factor',
      /from 0 to 1/,
    ],
    [with_('faults: [{ at: 1s, for: 1s, link: server.in, factor: @150% }]'), 'faults[0].factor', /100%/],
    [with_('faults: [{ at: 1s, @during: 1s, server: 1, for: 1s }]'), 'faults[0].during', /not a key here/],
    [with_('faults: @{ at: 1s, for: 1s, server: 1 }'), 'faults', /a list is needed/],
  ],
  'options of one kind of topology': [
    [
      with_('topologies: [{ name: valet-key, @partSize: 5MB }]'),
      'topologies[0].partSize',
      /no meaning for valet-key; it is an option of valet-key-multipart/,
    ],
    [with_('@partSize: 5MB'), 'partSize', /it belongs in an item of topologies/],
    [
      with_('topologies: [{ name: valet-key-multipart, signing: @later }]'),
      'topologies[0].signing',
      /upfront or each/,
    ],
    [
      with_('topologies: [{ name: valet-key-multipart, parallel: @0 }]'),
      'topologies[0].parallel',
      /too small/,
    ],
  ],
  'the fleet': [
    [with_('server: { autoscale: @{} }'), 'server.autoscale', /max is missing; the most servers/],
    [with_('server: { autoscale: @5 }'), 'server.autoscale', /a mapping is needed, with min, max/],
    [
      with_('server: { autoscale: { min: @9, max: 8 } }'),
      'server.autoscale.min',
      /more servers than max \(8\); min of at most max/,
    ],
    [
      with_('server: { count: 9, autoscale: { max: @8 } }'),
      'server.autoscale.max',
      /fewer servers than those of the beginning \(server.count is 9\)/,
    ],
    [
      with_('server: { autoscale: { max: 8, below: @70% } }'),
      'server.autoscale.below',
      /added and taken away at the same load; below smaller than above/,
    ],
    [
      with_('server: { autoscale: { max: 8, above: @0.7 } }'),
      'server.autoscale.above',
      /a number is compared with cpu, which is a share of a capacity; a share, e\.g\. 70%/,
    ],
    [
      with_('server: { autoscale: { max: 8, metric: requests, above: @70%, below: 5 } }'),
      'server.autoscale.above',
      /a share is compared with requests, which is a number; a number of requests/,
    ],
    [
      with_('server: { autoscale: { max: 8, above: @170% } }'),
      'server.autoscale.above',
      /too large; a share is needed, e\.g\. 70%, or a number/,
    ],
    [
      with_('server: { threads: unlimited, autoscale: { max: 8, metric: @threads } }'),
      'server.autoscale.metric',
      /server\.threads is unlimited; a limited server\.threads, or another metric/,
    ],
    [
      with_('server: { health: { interval: 10s, timeout: @10s } }'),
      'server.health.timeout',
      /still wait for its answer when the next one begins; a timeout below the interval/,
    ],
    [
      with_(
        'server: { health: { interval: 10s } }\ntopologies: [{ name: valet-key, server: { health: { timeout: @10s } } }]',
      ),
      'topologies[0].server.health.timeout',
      /still wait/,
    ],
  ],
  'flaky clients': [
    [
      with_('clients: [{ name: a, drops: { every: @5 } }]'),
      'clients[0].drops.every',
      /"5" has no unit; a time \(2m\) or a size \(1GB\) above 0 is needed, or unlimited/,
    ],
    [with_('clients: [{ name: a, drops: { every: @1MB/s } }]'), 'clients[0].drops.every', /a time \(2m\)/],
    [with_('clients: [{ name: a, drops: { every: @0s } }]'), 'clients[0].drops.every', /"0s" is 0; a time/],
    [with_('clients: [{ name: a, drops: { every: @0GB } }]'), 'clients[0].drops.every', /"0GB" is 0/],
    [with_('clients: [{ name: a, drops: { every: @-2m } }]'), 'clients[0].drops.every', /negative/],
    [
      with_('clients: [{ name: a, drops: { every: @{ exponential: 2m } } }]'),
      'clients[0].drops.every',
      /a mapping stands here; a time \(2m\)/,
    ],
    [with_('clients: [{ name: a, drops: @2m }]'), 'clients[0].drops', /a mapping/],
    [with_('clients: [{ name: a, drops: { @evry: 2m } }]'), 'clients[0].drops.evry', /did you mean every/],
    [
      with_('topologies: [{ name: valet-key, @clients: [] }]'),
      'topologies[0].clients',
      /clients cannot differ between topologies/,
    ],
    [with_('client: { patience: @0s }'), 'client.patience', /"0s" is 0; a time above 0/],
    [with_('client: { patience: @60 }'), 'client.patience', /"60" has no unit/],
    [with_('client: { patience: { @normal: 60s } }'), 'client.patience.normal', /not a distribution/],
    [with_('client: { retry: { budget: @0.2 } }'), 'client.retry.budget', /"0\.2" has no unit; a share/],
    [with_('client: { retry: { budget: @120% } }'), 'client.retry.budget', /120%/],
    [
      with_('client: { retry: { budget: { ratio: @5/s } } }'),
      'client.retry.budget.ratio',
      /a share is needed/,
    ],
    [
      with_('client: { retry: { budget: { window: @0s } } }'),
      'client.retry.budget.window',
      /"0s" is 0; a time above 0/,
    ],
    [
      with_('client: { retry: { budget: { minimum: @10 } } }'),
      'client.retry.budget.minimum',
      /"10" has no unit/,
    ],
    [
      with_('client: { retry: { budget: { @min: 10/s } } }'),
      'client.retry.budget.min',
      /known here: ratio, minimum, window|did you mean minimum/,
    ],
  ],
  quantities: [
    [with_('horizon: @24'), 'horizon', /"24" has no unit; a time is needed, e\.g\. 24s/],
    [with_('horizon: @0'), 'horizon', /has no unit/],
    [with_('horizon: @0s'), 'horizon', /"0s" is 0; a time above 0 is needed/],
    [with_('horizon: @.inf'), 'horizon', /"\.inf" is no number of anything; a time is needed/],
    [with_('horizon: 60s\nwarmup: @60s'), 'warmup', /the warm-up lasts until the horizon/],
    [with_('slo: [@cost.total < 5h]'), 'slo[0]', /compared with US dollars, a number without a sign/],
    [with_('warmup: @1MB'), 'warmup', /is a size; none, auto, or a time/],
    [with_('warmup: @Auto'), 'warmup', /none, auto, or a time/],
    [
      with_('warmup: @auto'),
      'warmup',
      /all uploads arrive at one instant: .* auto needs uploads that arrive/,
    ],
    [
      uploads('    arrivals: { count: 1 }\n    size: @50mb\n'),
      'workload.uploads.size',
      /did you mean 50MB\?/,
    ],
    [
      uploads('    arrivals: { count: 1 }\n    size: @50MB/s\n'),
      'workload.uploads.size',
      /is a rate; a size is needed, e\.g\. 50MB/,
    ],
    [uploads('    arrivals: { count: 1 }\n    size: @-50MB\n'), 'workload.uploads.size', /negative/],
    [uploads('    arrivals: { count: 1 }\n    size: @0MB\n'), 'workload.uploads.size', /above 0/],
    [uploads('    arrivals: { count: 1 }\n    size: @1e3MB\n'), 'workload.uploads.size', /has an exponent/],
    [
      uploads('    arrivals: { count: 1 }\n    size: @unlimited\n'),
      'workload.uploads.size',
      /unlimited has no meaning here/,
    ],
    [uploads('    arrivals: { count: 1 }\n    size: @true\n'), 'workload.uploads.size', /a size is needed/],
    [uploads('    @size:\n    arrivals: { count: 1 }\n'), 'workload.uploads.size', /has no value/],
    [
      uploads('    arrivals: { count: 1 }\n').replace('uploads:', '@uploads:'),
      'workload.uploads.size',
      /missing; a size is needed/,
    ],
    [with_('server: { memory: @1_000MB }'), 'server.memory', /write "1000MB"/],
    [with_('server: { network: @10Gb }'), 'server.network', /did you mean 10Gbps\?/],
    [
      with_('server: { network: { in: @50MB } }'),
      'server.network.in',
      /is a size; a rate is needed, e\.g\. 50MB\/s/,
    ],
    [with_('server: { network: { efficiency: @1.5 } }'), 'server.network.efficiency', /at most 1/],
    [with_('server: { network: { efficiency: @94% } }'), 'server.network.efficiency', /a number of above 0/],
    [
      with_('server: { network: { queue: @5 } }'),
      'server.network.queue',
      /a time \(50ms\) or a size \(1MB\)/,
    ],
    [
      with_('server: { network: { queue: { in: @1MB/s } } }'),
      'server.network.queue.in',
      /a time \(50ms\) or a size/,
    ],
    [with_('valetKey: { clockSkew: @+2s }'), 'valetKey.clockSkew', /has a sign; write "2s"/],
    [with_('valetKey: { clockSkew: @-2 }'), 'valetKey.clockSkew', /"-2" has no unit/],
    [with_('valetKey: { maxSize: @0B }'), 'valetKey.maxSize', /a size above 0 is needed/],
    [
      with_('valetKey: { credentialsEnd: @-1h }'),
      'valetKey.credentialsEnd',
      /negative; a time of 0 or more is needed/,
    ],
    [
      with_('valetKey: { credentialsEnd: { every: 1h, ahead: @1h } }'),
      'valetKey.credentialsEnd.ahead',
      /renewed before they begin; ahead < every/,
    ],
    [
      with_('valetKey: { @credentialsEnd: { ahead: 5m } }'),
      'valetKey.credentialsEnd.every',
      /missing; a time/,
    ],
    [with_('storage: { requestRate: { split: @always } }'), 'storage.requestRate.split', /none/],
    [
      with_('storage: { requestRate: { partitions: 4, split: { upTo: @2 } } }'),
      'storage.requestRate.split.upTo',
      /more partitions to begin with; upTo >= partitions/,
    ],
    [with_('server: { price: @0.2 }'), 'server.price', /e\.g\. 0\.2\/h/],
    [with_('server: { price: @$1/h }'), 'server.price', /currency/],
    [with_('storage: { price: @5 }'), 'storage.price', /has no unit; a price .* per request is needed/],
    [with_('storage: { price: @5/h }'), 'storage.price', /is a price in US dollars per hour/],
    [with_('storage: { price: @5/M }'), 'storage.price', /did you mean 5\/million\?/],
    [with_('prices: { nat: @0.045 }'), 'prices.nat', /e\.g\. 0\.045\/GB/],
    [with_('prices: { nat: @0.045GB }'), 'prices.nat', /is a size; .* e\.g\. 0\.045\/GB/],
    [with_('prices: { nat: @-1/GB }'), 'prices.nat', /negative/],
    [with_('prices: { nat: @{ hour: 1/h } }'), 'prices.nat', /a mapping stands here/],
    [with_('prices: { @nats: 1/GB }'), 'prices.nats', /did you mean nat\?/],
    [with_('prices: { @requests: 5/million }'), 'prices.requests', /not a key here/],
    [with_('prices: { crossZone: @0.01/h }'), 'prices.crossZone', /per hour/],
    [with_('prices: { crossZone: { share: @0.5 } }'), 'prices.crossZone.share', /has no unit/],
    [with_('prices: { crossZone: { share: @150% } }'), 'prices.crossZone.share', /at most 100%/],
    [with_('prices: { loadBalancer: @0.0225/h }'), 'prices.loadBalancer', /mapping/],
    [
      with_('prices: { loadBalancer: { hour: @0.008/GB } }'),
      'prices.loadBalancer.hour',
      /per amount of data/,
    ],
    [with_('prices: { runsPerMonth: @0 }'), 'prices.runsPerMonth', /too small/],
    [with_('prices: { runsPerMonth: @30/d }'), 'prices.runsPerMonth', /not a plain number/],
    [with_('prices: { profile: @aws-us-west-9 }'), 'prices.profile', /set of prices/],
    [with_('prices: @5'), 'prices', /mapping/],
    [
      with_('transport: { ackLoad: @2.5 }'),
      'transport.ackLoad',
      /has no unit; a share is needed, e\.g\. 2\.5%/,
    ],
    [with_('storage: { requestRate: @3500 }'), 'storage.requestRate', /e\.g\. 3500\/s/],
    [with_('storage: { requestRate: { burst: @0.5 } }'), 'storage.requestRate.burst', /at least 1/],
    [with_('valetKey: { ttl: @0s }'), 'valetKey.ttl', /above 0/],
    [with_('valetKey: { ttl: @unlimited }'), 'valetKey.ttl', /no meaning here/],
    [with_('valetKey: { request: @{} }'), 'valetKey.request', /a mapping stands here; a size is needed/],
  ],
  'plain numbers and words': [
    [with_('server: { threads: @1.5 }'), 'server.threads', /1\.5 is not whole/],
    [with_('server: { threads: @0 }'), 'server.threads', /at least 1/],
    [with_('server: { threads: @"400" }'), 'server.threads', /text, since it is quoted/],
    [with_('server: { threads: @many }'), 'server.threads', /not a number.*or unlimited/],
    [with_('server: { threads: @.inf }'), 'server.threads', /"\.inf" is no .*; write unlimited/],
    [
      with_('server: { count: @-.inf }'),
      'server.count',
      /"-\.inf" is no .*; a whole number of at least 1.* is needed$/m,
    ],
    [`name: @.nan\n${workload}`, 'name', /write it in quotes: "\.nan"/],
    [
      uploads('    arrivals: { count: 1 }\n    size: @-50MB\n'),
      'workload.uploads.size',
      /is negative; a size above 0 is needed/,
    ],
    [with_('server: { cores: @.nan }'), 'server.cores', /no number/],
    [with_('server: { count: @-1 }'), 'server.count', /too small/],
    [with_('server: { backlog: @-1 }'), 'server.backlog', /at least 0/],
    [with_('server: { balancing: @roundrobin }'), 'server.balancing', /did you mean round-robin\?/],
    [with_('server: { onOutOfMemory: @die }'), 'server.onOutOfMemory', /crash or reject/],
    [with_('transport: { tls: @1.4 }'), 'transport.tls', /1\.3, 1\.2 or none/],
    [with_('transport: { slowStart: @yes }'), 'transport.slowStart', /true or false/],
    [with_('transport: { unfairness: @20% }'), 'transport.unfairness', /not a plain number/],
    [with_('client: { retry: { attempts: @0 } }'), 'client.retry.attempts', /at least 1/],
    [with_('client: { retry: { jitter: @ful } }'), 'client.retry.jitter', /did you mean full\?/],
    [with_('client: { retry: { base: 30s, cap: @1s } }'), 'client.retry.cap', /shorter than the first/],
    [with_('server: { memory: 1GB, baseMemory: @1GB }'), 'server.baseMemory', /full before the first upload/],
    [with_('valetKey: { notify: @server }'), 'valetKey.notify', /none, client or storage/],
    [with_('storage: { profile: @s3-standart }'), 'storage.profile', /did you mean s3-standard\?/],
    [
      with_('server: { profile: @tomact }'),
      'server.profile',
      /not a server profile \(did you mean tomcat\?\)/,
    ],
    [
      with_('server: { instance: @m5xlarge }'),
      'server.instance',
      /not an instance \(did you mean m5\.xlarge\?\)/,
    ],
    [with_('clients: [{ profile: @fiber }]'), 'clients[0].profile', /did you mean fibre\?/],
    [
      with_('server: { profile: @m5.xlarge }'),
      'server.profile',
      /is not a server profile \(it belongs in server\.instance\); node-http, /,
    ],
    [with_('storage: { buckets: @media }'), 'storage.buckets', /text stands here; a list is needed/],
    [with_('storage: { buckets: [a, @5] }'), 'storage.buckets[1]', /in quotes: "5"/],
  ],
  parts: [
    [
      with_('@server:'),
      'server',
      /has no value; a mapping is needed, with profile, instance, count, threads/,
    ],
    [with_('server: @5'), 'server', /a number stands here; a mapping is needed/],
    [with_('server: @[]'), 'server', /a list stands here/],
    [with_('clients: @{}'), 'clients', /a mapping stands here; a list is needed/],
    [with_('clients: @[]'), 'clients', /the list is empty/],
    [with_('clients: [@x]'), 'clients[0]', /text stands here; a mapping is needed, with name/],
    [with_('clients: [@{ weight: 1 }]'), 'clients[0].name', /missing; a name of the client class is needed/],
    [with_('clients: [{ name: a, weight: @0 }]'), 'clients[0].weight', /above 0/],
    [with_('clients: [{ name: a }, { name: @a }]'), 'clients[1].name', /already that of item \[0\]/],
    [with_('clients: [{ name: a, rtt: @[1ms] }]'), 'clients[0].rtt', /a list stands here/],
    [
      with_('clients: [{ name: a, rtt: { server: 1ms, @store: 1ms } }]'),
      'clients[0].rtt.store',
      /did you mean storage\?/,
    ],
    [with_('clients: [{ name: a, mistakes: { bucket: @5 } }]'), 'clients[0].mistakes.bucket', /e\.g\. 5%/],
    [`@name: m\n`, 'workload', /missing; a mapping is needed, with uploads or background/],
    ['name: m\n@workload: {}\n', 'workload.uploads', /missing/],
    ['@- name: m\n', '', /a list stands here; a mapping is needed/],
    ['@just text\n', '', /text stands here/],
    ['@', '', /the scenario is empty; at least name/],
    ['@# only a comment\n', '', /the scenario is empty/],
  ],
  distributions: [
    [
      with_('valetKey: { useAfter: { @exponental: 5ms } }'),
      'valetKey.useAfter.exponental',
      /did you mean exponential\?/,
    ],
    [
      with_('valetKey: { useAfter: { @normal: 5ms } }'),
      'valetKey.useAfter.normal',
      /one of uniform, exponential/,
    ],
    [with_('valetKey: { useAfter: @{} }'), 'valetKey.useAfter', /the mapping is empty/],
    [
      with_('valetKey: { useAfter: @{ exponential: 1s, uniform: [1s, 2s] } }'),
      'valetKey.useAfter',
      /cannot stand together/,
    ],
    [
      with_('valetKey: { useAfter: { uniform: @[2s, 1s] } }'),
      'valetKey.useAfter.uniform',
      /larger than the second/,
    ],
    [with_('valetKey: { useAfter: { uniform: @[2s] } }'), 'valetKey.useAfter.uniform', /2 are needed/],
    [with_('valetKey: { useAfter: { uniform: [1s, @2] } }'), 'valetKey.useAfter.uniform[1]', /has no unit/],
    [
      with_('valetKey: { useAfter: { @lognormal: { median: 1s } } }'),
      'valetKey.useAfter.lognormal.cv',
      /missing/,
    ],
    [
      with_('valetKey: { useAfter: { lognormal: @{ cv: 1 } } }'),
      'valetKey.useAfter.lognormal',
      /mean or median is missing/,
    ],
    [
      with_('valetKey: { useAfter: { lognormal: @{ mean: 1s, median: 1s, cv: 1 } } }'),
      'valetKey.useAfter.lognormal',
      /stand together/,
    ],
    [
      with_('valetKey: { useAfter: { pareto: { min: 1s, alpha: @0 } } }'),
      'valetKey.useAfter.pareto.alpha',
      /above 0/,
    ],
    [
      with_('valetKey: { useAfter: { pareto: { min: 1s, alpha: @0.01 } } }'),
      'valetKey.useAfter.pareto.alpha',
      /a max/,
    ],
    [
      with_('valetKey: { useAfter: { pareto: { min: 1s, alpha: 1, max: @1s } } }'),
      'valetKey.useAfter.pareto.max',
      /not above min/,
    ],
    [with_('valetKey: { useAfter: { choice: @[] } }'), 'valetKey.useAfter.choice', /the list is empty/],
    [
      with_('valetKey: { useAfter: { choice: [{ value: 1s, weight: @0 }] } }'),
      'valetKey.useAfter.choice[0].weight',
      /above 0/,
    ],
    [
      with_('valetKey: { useAfter: { choice: [@1s] } }'),
      'valetKey.useAfter.choice[0]',
      /with value or weight/,
    ],
    [
      with_('valetKey: { useAfter: { empirical: @none.csv } }'),
      'valetKey.useAfter.empirical',
      /none\.csv: no such file/,
    ],
    [with_('clients: [{ name: a, loss: @{ exponential: 1% } }]'), 'clients[0].loss', /ends at 100%/],
    [
      with_('clients: [{ name: a, loss: { uniform: [0%, @101%] } }]'),
      'clients[0].loss.uniform[1]',
      /at most 100%/,
    ],
    [
      with_('clients: [{ name: a, uplink: { uniform: [@0Mbps, 1Mbps] } }]'),
      'clients[0].uplink.uniform[0]',
      /above 0/,
    ],
    [
      with_('clients: [{ name: a, uplink: { uniform: [1Mbps, @unlimited] } }]'),
      'clients[0].uplink.uniform[1]',
      /no meaning here/,
    ],
    [
      uploads('    arrivals: { count: 1 }\n    size: 1MB\n    bucket: { choice: [{ value: @"" }] }\n'),
      'workload.uploads.bucket.choice[0].value',
      /empty/,
    ],
    [
      uploads('    arrivals: { count: 1 }\n    size: 1MB\n    bucket: { @choise: [] }\n'),
      'workload.uploads.bucket.choise',
      /did you mean choice\?/,
    ],
  ],
  arrivals: [
    [
      uploads('    size: 1MB\n    @arrivals:\n'),
      'workload.uploads.arrivals',
      /has no value; one of \{count, at\}/,
    ],
    [
      uploads('    size: 1MB\n').replace('uploads:', '@uploads:'),
      'workload.uploads.arrivals',
      /missing; one of/,
    ],
    [uploads('    size: 1MB\n    arrivals: @5\n'), 'workload.uploads.arrivals', /a number stands here/],
    [
      uploads('    size: 1MB\n    arrivals: @{}\n'),
      'workload.uploads.arrivals',
      /count, rate, users or trace is missing/,
    ],
    [
      uploads('    size: 1MB\n    arrivals: @{ count: 1, rate: 1/s }\n'),
      'workload.uploads.arrivals',
      /rate and count cannot stand together/,
    ],
    [
      uploads('    size: 1MB\n    arrivals: @{ count: 1, at: 1s, over: 1s }\n'),
      'workload.uploads.arrivals',
      /at and over/,
    ],
    [
      uploads('    size: 1MB\n    arrivals: { @cuont: 1 }\n'),
      'workload.uploads.arrivals.cuont',
      /did you mean count\?/,
    ],
    [
      uploads('    size: 1MB\n    arrivals: { count: 1, @for: 1s }\n'),
      'workload.uploads.arrivals.for',
      /known here: count or at/,
    ],
    [
      uploads('    size: 1MB\n    arrivals: { count: @1000000000000 }\n'),
      'workload.uploads.arrivals.count',
      /at most 100000000/,
    ],
    [
      uploads('    size: 1MB\n    arrivals: { count: @0 }\n'),
      'workload.uploads.arrivals.count',
      /at least 1/,
    ],
    [
      uploads('    size: 1MB\n    @arrivals: { rate: 1/s }\n'),
      'workload.uploads.arrivals.for',
      /missing; a time/,
    ],
    [
      uploads('    size: 1MB\n    arrivals: { rate: @1000000/s, for: 1h }\n'),
      'workload.uploads.arrivals.rate',
      /3\.60e\+9 arrivals; at most 100000000/,
    ],
    [
      uploads('    size: 1MB\n    arrivals: { rate: @0/s, for: 1h }\n'),
      'workload.uploads.arrivals.rate',
      /above 0/,
    ],
    [
      uploads('    size: 1MB\n    arrivals: { rate: @1s, for: 1h }\n'),
      'workload.uploads.arrivals.rate',
      /e\.g\. 1\/s/,
    ],
    [
      uploads('    size: 1MB\n    arrivals: { rate: @[] }\n'),
      'workload.uploads.arrivals.rate',
      /the list is empty/,
    ],
    [
      uploads('    size: 1MB\n    arrivals: { rate: @[{ until: 1s, rate: 0/s }] }\n'),
      'workload.uploads.arrivals.rate',
      /nothing ever arrives/,
    ],
    [
      uploads(
        '    size: 1MB\n    arrivals: { rate: [{ until: 5s, rate: 1/s }, { until: @5s, rate: 1/s }] }\n',
      ),
      'workload.uploads.arrivals.rate[1].until',
      /does not end after/,
    ],
    [
      uploads('    size: 1MB\n    arrivals: { rate: 1/s, for: 1s, process: @regular }\n'),
      'workload.uploads.arrivals.process',
      /poisson or constant/,
    ],
    [
      uploads('    size: 1MB\n    arrivals: { users: @1.5, think: 1s, for: 1s }\n'),
      'workload.uploads.arrivals.users',
      /not whole/,
    ],
    [
      uploads('    arrivals: { trace: @none.csv }\n'),
      'workload.uploads.arrivals.trace',
      /none\.csv: no such file/,
    ],
    [uploads('    arrivals: { trace: @[] }\n'), 'workload.uploads.arrivals.trace', /the path of a trace CSV/],
    [
      `${smallest}  background:\n    - name: a\n      arrivals: { rate: 1/s, for: 1s }\n    - name: @a\n      arrivals: { rate: 1/s, for: 1s }\n`,
      'workload.background[1].name',
      /already/,
    ],
    [
      `${smallest}  background:\n    - arrivals: { rate: 1/s, for: 1s }\n`.replace('- arr', '- @arr'),
      'workload.background[0].name',
      /missing/,
    ],
  ],
  topologies: [
    [with_('topologies: @[]'), 'topologies', /the list is empty/],
    [with_('topologies: @valet-key'), 'topologies', /text stands here; a list is needed/],
    [with_('topologies: [@proxy-bufered]'), 'topologies[0]', /did you mean proxy-buffered\?/],
    [with_('topologies: [@5]'), 'topologies[0]', /not a kind of topology/],
    [with_('topologies: [valet-key, @valet-key]'), 'topologies[1]', /already that of item \[0\]/],
    [
      with_('topologies: [{ name: @frugal }]'),
      'topologies[0].name',
      /not a kind of topology; a kind beside the name/,
    ],
    [with_('topologies: [@{ kind: valet-key }]'), 'topologies[0].name', /missing/],
    [
      with_('topologies: [{ name: @all, kind: valet-key }]'),
      'topologies[0].name',
      /"all" means every topology/,
    ],
    [with_('topologies: [{ name: @"a,b", kind: valet-key }]'), 'topologies[0].name', /without commas/],
    [
      with_('topologies: [{ name: valet-key, @streamBuffer: 1MB }]'),
      'topologies[0].streamBuffer',
      /an option of proxy-streaming/,
    ],
    [
      with_('topologies: [{ name: proxy-streaming, @copies: 1 }]'),
      'topologies[0].copies',
      /an option of proxy-buffered/,
    ],
    [with_('topologies: [{ name: naive, copies: @-1 }]'), 'topologies[0].copies', /at least 0/],
    [
      with_('topologies: [{ name: naive, @workload: {} }]'),
      'topologies[0].workload',
      /replays the same workload/,
    ],
    [with_('topologies: [{ name: naive, @clients: [] }]'), 'topologies[0].clients', /same clients/],
    [with_('topologies: [{ name: naive, @seed: 1 }]'), 'topologies[0].seed', /drawn once/],
    [
      with_('topologies: [{ name: naive, server: { @coutn: 4 } }]'),
      'topologies[0].server.coutn',
      /did you mean count\?/,
    ],
    [
      with_('topologies: [{ name: naive, @servr: { count: 4 } }]'),
      'topologies[0].servr',
      /did you mean server\?/,
    ],
    [
      with_('server: { baseMemory: 2GB }\ntopologies: [{ name: naive, server: { memory: 1GB } }]').replace(
        'baseMemory: 2',
        'baseMemory: @2',
      ),
      'server.baseMemory',
      /full before/,
    ],
  ],
  objectives: [
    [with_('slo: @failed < 1%'), 'slo', /a list is needed/],
    [
      with_('slo: [{ @valet: failed < 1% }]'),
      'slo[0].valet',
      /no topology is called "valet" \(did you mean valet-key\?\)/,
    ],
    [with_('slo: [{ all: @failed < 1s }]'), 'slo[0].all', /is a time; failed is compared with a share/],
    [with_('slo: [{ all: @latency.p9 < 1s }]'), 'slo[0].all', /did you mean latency\.p90\?/],
    [with_('slo: [{ all: @latency.p99 < 5 }]'), 'slo[0].all', /compared with a time/],
    [with_('slo: [{ all: @completion.mean < 5s }]'), 'slo[0].all', /no mean/],
    [with_('slo: [{ all: @latency.p99 = 5s }]'), 'slo[0].all', /not a comparison/],
    [with_('slo: [{ all: @latency.p99 }]'), 'slo[0].all', /METRIC < QUANTITY/],
    [with_('slo: [{ all: @background.x.failed < 1% }]'), 'slo[0].all', /not a metric/],
    [with_('slo: [{ all: @server.crashes < 1% }]'), 'slo[0].all', /a number, e\.g\. 3/],
    [
      with_('slo: [@{ all: failed < 1%, valet-key: failed < 1% }]'),
      'slo[0]',
      /one item of the list for each/,
    ],
    [with_('slo: [@5]'), 'slo[0]', /not an objective/],
    [with_('slo: [@"nobody: failed < 1%"]'), 'slo[0]', /no topology is called "nobody"/],
  ],
  syntax: [
    ['name: m\nserver:\n@\tthreads: 5\n', '', /a tab indents this line; YAML is indented with spaces/],
    ['name: @a: b\n', '', /put a value with ": " in it in quotes/],
    ['name: @`x`\n', '', /put the value in quotes/],
    ['name: [a, b\n@workload: {}\n', '', /not valid YAML/],
    [`${smallest}@---\nname: n\n`, '', /a second YAML document/],
    ['@%YAML 1.1\n---\nname: m\n', '', /only "%YAML 1\.2"/],
    [
      with_('server: { threads: !!js/function @"x" }'),
      'server.threads',
      /the tag "!!js\/function" is not taken/,
    ],
    [with_('server: @*nowhere'), 'server', /no anchor &nowhere/],
    [with_('server: &s { cpu: @*s }'), 'server.cpu', /contains itself/],
    [
      with_('server: &s { count: 1 }\nstorage: { @<<: *s }'),
      'storage',
      /merge key "<<" is not part of YAML 1\.2/,
    ],
  ],
};

for (const [group, list] of Object.entries(cases)) {
  describe(group, () => {
    it.each(list)('%s', (marked, path, message) => {
      const offset = marked.indexOf('@');
      const text = marked.slice(0, offset) + marked.slice(offset + 1);
      const before = text.slice(0, offset).split('\n');
      const place = `${before.length}:${before[before.length - 1]!.length + 1}`;
      const problems = problemsOf(text);
      const found = problems.map(problem => [
        `${problem.line}:${problem.column}`,
        pathText(problem.path),
        renderProblem(problem),
      ]);
      expect(found).toContainEqual([place, path, expect.stringMatching(message)]);
    });
  });
}

describe('the report', () => {
  it('names every problem at once, in the order of the file', () => {
    const { problems, message } = errorOf(() =>
      parse(
        'sede: 1\nname: m\nworkload: { uploads: { arrivals: { count: x }, size: 5 } }\nclients: [{ name: a }, { name: a }]\nslo: [{ b: c }]\n',
      ),
    );
    expect(problems.map(problem => problem.line)).toEqual([1, 3, 3, 4, 5]);
    expect(message.split('\n')).toHaveLength(15);
  });

  it('shows the line with a caret under the place', () => {
    expect(errorOf(() => parse(`${smallest}server: { threads: x }\n`)).message).toBe(
      [
        'scenarios/s.yaml:6:20: server.threads: "x" is not a number; a whole number of at least 1 and at most 1000000000 is needed, or unlimited',
        '  6 | server: { threads: x }',
        '    |                    ^',
      ].join('\n'),
    );
  });

  it('shows at most 120 characters of a long line, and escapes what would move the screen', () => {
    const text = `${smallest}server: { ${' '.repeat(500)}"thr\\e]0;title\\aeads": 1, x: "\u009b31m${'#'.repeat(500)}" }\n`;
    const { message } = errorOf(() => parse(text));
    for (const line of message.split('\n').filter(one => one.includes(' | ')))
      expect(line.length).toBeLessThan(130);
    expect(message).toContain('thr\\x1b]0;title\\x07eads');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be there
    expect(message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it('stays under 16 kB', () => {
    const keys = Array.from({ length: 2000 }, (_, index) => `${'é'.repeat(100)}${index}: 1`);
    const { message } = errorOf(() => parse(`${keys.join('\n')}\n`));
    expect(new TextEncoder().encode(message).length).toBeLessThan(16_000);
    expect(message).toMatch(/and \d+ more$/);
  });

  it('keeps a short text for a huge value and a huge key', () => {
    const { message } = errorOf(() =>
      parse(`${smallest}? ${'k'.repeat(100_000)}\n: 1\nhorizon: ${'9'.repeat(1_000_000)}\n`),
    );
    expect(message.length).toBeLessThan(2500);
  });
});
