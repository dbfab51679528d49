/** What `--help` says after the options of each command. */

export const epilogue = `
Examples:
  $ valet-sim init scenario.yaml
  $ valet-sim run scenario.yaml
  $ valet-sim run scenario.yaml --set clients.4g.uplink=5Mbps --topology valet-key
  $ valet-sim run scenario.yaml --format json | jq '.topologies[].completion.p99'
  $ valet-sim trace scenario.yaml --upload 7
  $ valet-sim check scenarios/*.yaml
  $ valet-sim profiles tomcat m5.xlarge
  $ source <(valet-sim completion bash)

Exit status:
  0    done
  1    an internal error
  2    bad usage or a bad scenario
  98   an objective (slo) is undecided: its limit lies in the 95% interval
  99   an objective (slo) was missed
  130  interrupted

NO_COLOR and FORCE_COLOR are respected.`;

export const runEpilogue = `
Examples:
  $ valet-sim run scenario.yaml --seed 7 --no-save
  $ valet-sim run scenario.yaml --set server.threads=200 --set client.timeout=5m
  $ valet-sim run scenario.yaml --replications 20
  $ valet-sim run scenario.yaml --precision 2% --figure latency.p99
  $ valet-sim run scenario.yaml --until-decided --replications 500
  $ valet-sim run scenario.yaml --uploads-csv - | sort -t, -k6 -g | tail
  $ valet-sim run a.yaml b.yaml --format csv -o results/study
  $ valet-sim run scenario.yaml --format markdown | gh pr comment --body-file -

Several scenarios share --out DIR as DIR/<scenario>/. All are validated before any runs.
With --uploads-csv - the tables go to standard error; its uploads and servers count from 0.`;

export const compareEpilogue = `
Examples:
  $ valet-sim compare results/before/result.json results/after/result.json
  $ valet-sim compare today.yaml with-a-gateway.yaml --replications 20
  $ valet-sim compare results/scenario/result.json scenario.yaml --set server.count=4

Topologies of the same name are compared, or the only one of each. What --set and the other options of a run say
holds for scenarios; saved results are as they are.`;

export const sweepEpilogue = `
Ranges: LOW..HIGH (9 points), LOW..HIGH:5, LOW..HIGH:log:7, or a list: A,B,C.

Examples:
  $ valet-sim sweep scenario.yaml --vary workload.uploads.arrivals.count=100..10000:log:9
  $ valet-sim sweep scenario.yaml --vary server.threads=100,200,400 --vary server.count=1,2,4
  $ valet-sim sweep scenario.yaml --vary clients.4g.uplink=1Mbps..20Mbps --replications 20 --format csv

An interrupted sweep goes on where it stopped when the same command is given again.`;

export const capacityEpilogue = `
Examples:
  $ valet-sim capacity scenario.yaml --vary workload.uploads.arrivals.rate=1/s..200/s
  $ valet-sim capacity scenario.yaml --vary workload.uploads.arrivals.count=10..10000 --slo 'completion.p95 < 5m'
  $ valet-sim capacity scenario.yaml --vary server.count=1..40 --min --slo 'proxy-streaming: completion.p99 < 1m'

Each value is replicated until its objectives are met or missed, at most 50 times (--replications). What stays
undecided counts as not met.`;

export const sensitivityEpilogue = `
Examples:
  $ valet-sim sensitivity scenario.yaml
  $ valet-sim sensitivity scenario.yaml --by 50% --figure latency.p99 --replications 10
  $ valet-sim sensitivity scenario.yaml --only server,clients.4g.uplink --topology proxy-streaming,valet-key
  $ valet-sim sensitivity scenario.yaml --format json | jq '.parameters[] | select(.sourceKind == "estimate") | .path'

Every number of the scenario is moved, one at a time: given ones, defaults and those of profiles. Distributions are
moved as a whole, whole numbers by 1 at least, shares up to 100%. All points share the luck of the scenario as it
stands. An interrupted study goes on where it stopped when the same command is given again.`;

export const completionEpilogue = `
Completes commands, options and their values, scenario files, and paths of --set.

bash, in ~/.bashrc:
  source <(valet-sim completion bash)
zsh, in ~/.zshrc after compinit:
  source <(valet-sim completion zsh)
fish, once:
  valet-sim completion fish > ~/.config/fish/completions/valet-sim.fish`;

export const traceEpilogue = `
One upload among all the others of the scenario, in each topology, side by side where the terminal is wide enough
(100 columns for two). Nothing is saved.

Mistakes that can be played on this one upload (--play):
  expired       it uses its URL after 16/15 of the URL's life, then asks for a new one
  wrong-bucket  it asks for a bucket that does not exist
  wrong-key     it writes to another key than the one that was signed
  wrong-method  it sends a POST where a PUT was signed
  tampered      it changes the expiry in the URL, so that the signature does not match

Examples:
  $ valet-sim trace scenarios/avatar-1.yaml
  $ valet-sim trace scenario.yaml --upload 7 --topology proxy-buffered,valet-key
  $ valet-sim trace scenario.yaml --play expired
  $ valet-sim trace scenario.yaml --format json | jq '.journeys[].phases'`;

export const profilesEpilogue = `
A scenario names them:
  clients: [{ profile: cable }]
  server: { profile: tomcat, instance: m5.xlarge }
  storage: { profile: s3-standard }
Any field beside a profile overrides the profile's.

Kinds of values: documented (by the vendor), published (measured by others), measured (for this project, within a
factor of 2), derived (computed), recalled (documented, not read again), estimate, convention (a choice).

Examples:
  $ valet-sim profiles
  $ valet-sim profiles tomcat m5.xlarge
  $ valet-sim profiles 4g --format json | jq '.[].values[] | select(.kind == "estimate")'
  $ valet-sim run scenario.yaml --set server.instance=c5.large`;

export const initEpilogue = `
Examples:
  $ valet-sim init
  $ valet-sim init evening.yaml --rate 20/s --for 10m --size '{lognormal: {median: 8MB, cv: 1.5}}'
  $ valet-sim init - --yes | less

On a terminal it asks for what is not given.`;

export const importEpilogue = `
Examples:
  $ valet-sim import /var/log/nginx/access.log* -o march
  $ zcat elb/*.log.gz | valet-sim import - --log-format alb -o march.yaml
  $ valet-sim import access.log --size 50MB --upload-path /upload
  $ valet-sim import access.log --log-format '$remote_addr [$msec] "$request" $status $request_length'

Every line is accounted for. Addresses of clients and query strings do not get into the files that are written.`;
