/** A scenario that uses every key. */
export const full = `
name: every key
description: Two lines,
  one sentence.
seed: 42
horizon: 24h
warmup: 60s
workload:
  uploads:
    arrivals: { rate: [{ until: 10m, rate: 5/s }, { until: 1h, rate: 0/s }, { until: 2h, rate: 30/m }] }
    size: { lognormal: { mean: 50MB, cv: 1.5 } }
    bucket: { choice: [{ value: media-uploads, weight: 3 }, { value: nowhere }] }
    file: video.mp4
  background:
    - name: GET /feed
      arrivals: { rate: 50/s, for: 10m, process: constant }
      request: 1KB
      response: { pareto: { min: 1KB, alpha: 1.2, max: 1MB } }
      service: { exponential: 5ms }
    - { name: cron, arrivals: { users: 5, think: { uniform: [1s, 2s] }, for: 1h } }
clients:
  - { name: cable, profile: cable, weight: 6, uplink: 20Mbps, downlink: 200Mbps, rtt: 30ms }
  - name: 4g
    uplink: { lognormal: { median: 10Mbps, cv: 0.8 } }
    rtt: { server: 60ms, storage: { choice: [{ value: 50ms, weight: 1 }, { value: 90ms }] } }
    loss: { uniform: [0%, 1%] }
    mistakes: { bucket: 1%, key: 2%, method: 3%, signature: 4% }
    drops: { every: 2m }
  - { name: lab, downlink: unlimited, rtt: { storage: 1ms }, drops: { every: 1GB } }
client:
  timeout: 15m
  patience: { lognormal: { median: 60s, cv: 1.3 } }
  retry: { attempts: 6, base: 5s, cap: 60s, jitter: equal, budget: { ratio: 10%, minimum: 1/s, window: 1m } }
transport: { tls: 1.2, slowStart: false, unfairness: 0, ackLoad: 0%, preflight: true, keepAlive: 60s }
server:
  profile: tomcat
  instance: m5.xlarge
  count: 3
  threads: 400
  backlog: unlimited
  memory: unlimited
  baseMemory: 500MB
  cores: 0.5
  cpu: { perRequest: { uniform: [1ms, 2ms] }, perMiB: 0s }
  network: { in: 2Gbps, out: unlimited, efficiency: 1, queue: 1MB }
  disk: { space: 1TB, bandwidth: 400MB/s }
  balancing: least-connections
  onOutOfMemory: reject
  restart: 5s
  price: 0.192/h
  health: { interval: 10s, timeout: 5s, unhealthy: 3, healthy: 2 }
  autoscale: { min: 2, max: 12, metric: networkIn, above: 60%, below: 20%, step: 2, period: 5m, startup: 90s, cooldown: 0s }
storage:
  profile: gcs-standard
  rtt: 1ms
  requestRate: { rate: 100/s, partitions: 2, split: { after: 10m, calm: 30s, upTo: 8 } }
  buckets: [media-uploads]
valetKey: { ttl: 5m, clockSkew: -2s, credentialsEnd: { every: 1h, first: 20m, ahead: 5m }, maxSize: 5GB, useAfter: { exponential: 3s }, authorise: 0s, sign: 1ms, request: 0B, response: 2KB, notify: client }
prices: { acceleration: 0.04/GB, crossZone: 0.01/GB, loadBalancer: { hour: 0.0225/h }, runsPerMonth: 30 }
gateway: { profile: nginx-proxy, maxBody: 100MB, timeout: unlimited, idle: 60s, buffers: false }
faults:
  - { at: 10m, for: 30s, server: 2 }
  - { at: 20m, for: 1m, storage: down }
  - { at: 30m, for: 1m, storage: slow, factor: 10% }
  - { at: 0s, for: 1h, link: server.2.out, factor: 0.25 }
topologies:
  - naive
  - valet-key
  - { name: proxy-streaming, streamBuffer: 1MB }
  - { name: frugal buffers, kind: proxy-buffered, copies: 1, completeCopies: 1, perRequest: 0B, upstreamConnections: unlimited }
  - { name: proxy-spooled, perRequest: 32KiB, upstreamConnections: 100 }
  - { name: valet-key-multipart, partSize: 8MiB, parallel: 4, signing: each }
  - name: r2
    kind: valet-key
    client: { retry: { attempts: 1, budget: 20% } }
    transport: { preflight: false }
    server: { count: 4, network: { queue: { in: 0s } }, health: none, autoscale: { step: 1 } }
    storage: { profile: r2, network: 10Gbps }
    valetKey: { notify: storage }
    prices: { profile: aws-us-east-1, ingress: 1/TB, crossZone: { share: 25% } }
    gateway: none
    faults: [{ at: 1m, for: 5s, server: all }]
slo:
  - valet-key: completion.p99 < 10m
  - all: background.GET /feed.latency.p99 <= 2s
  - r2: goodput > 1MB/s
  - failed < 0.1%
`;
