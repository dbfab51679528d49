/**
 * Access networks by their medians, and a spread around them. What a speed test measures has the losses of the line in
 * it already: as `loss` they would bound a connection (Mathis) below the measured median, and so they are facts here.
 */
import type { Fact, Profile } from '../profile.js';

const ookla2022 =
  'https://www.telecompetitor.com/cox-nears-200-mbps-download-in-june-ookla-speedtest-results/';
const ookla2023 =
  'https://www.tvtechnology.com/news/ookla-updates-list-of-fastest-us-fixed-broadband-providers';
const ookla5g = 'https://ooklacommain.kinsta.cloud/articles/author/isla-mcketta/page/3';
const opensignal4g =
  'https://www.telecomengine.com/article/opensignal-benchmarks-5g-readiness-with-new-usa-analysis/';
const opensignal5g = 'https://www.opensignal.com/reports/2023/01/usa/mobile-network-experience-5g';
const fcc = 'https://fcc.gov/node/238219';

interface Access {
  readonly name: string;
  readonly summary: string;
  readonly uplink: {
    readonly median: string;
    /** Of the underlying normal distribution, and the coefficient of variation that follows: sqrt(exp(sigma^2) - 1). */
    readonly sigma: number;
    readonly cv: number;
    readonly source: string;
    readonly note: string;
  };
  readonly downlink: string;
  readonly rtt: { readonly value: string; readonly source: string; readonly note: string };
  readonly loss: string;
  readonly measured?: readonly Fact[];
}

const published = (name: string, value: string, source: string, note?: string): Fact => ({
  name,
  value,
  kind: 'published',
  source,
  ...(note === undefined ? {} : { note }),
});

const region = '10 ms of way within a region is an estimate, too';

function access({ name, summary, uplink, downlink, rtt, loss, measured = [] }: Access): Profile {
  const { median, sigma, cv, source, note } = uplink;
  return {
    name,
    summary,
    values: {
      uplink: {
        value: { lognormal: { median, cv } },
        kind: 'estimate',
        source,
        note: `${note}; the spread is an estimate (sigma ${sigma})`,
      },
      downlink: {
        value: downlink,
        kind: 'estimate',
        source: 'no figure was read; uploads hardly depend on it',
      },
      rtt: { value: rtt.value, kind: 'estimate', source: rtt.source, note: `${rtt.note}; ${region}` },
    },
    facts: [
      ...measured,
      {
        name: 'packet loss',
        value: loss,
        kind: 'estimate',
        source: fcc,
        note: 'guided by its classes for peak hours (below 0.4%, 0.4 to 1%, above 1%); not laid under `loss`, since measured uplinks contain it',
      },
    ],
  };
}

export const accessNetworks: readonly Profile[] = [
  access({
    name: '4g',
    summary: 'a phone on 4G (LTE)',
    uplink: {
      median: '6Mbps',
      sigma: 0.9,
      cv: 1.1171,
      source: opensignal4g,
      note: 'the mean of 4G in the US was 6.3 Mbps in early 2019',
    },
    downlink: '35Mbps',
    rtt: { value: '55ms', source: opensignal4g, note: '45 ms of access; 44 to 66 ms were measured' },
    loss: '0.5%',
    measured: [
      published('mean uplink, US, Q1 2019', '6.3Mbps', opensignal4g),
      published('median uplink of all mobile, US, Q3 2023', '9Mbps', ookla2023),
    ],
  }),
  access({
    name: '5g',
    summary: 'a phone on 5G',
    uplink: {
      median: '16Mbps',
      sigma: 0.8,
      cv: 0.9468,
      source: opensignal5g,
      note: 'means of US operators were 16.0 to 17.9 Mbps in January 2023',
    },
    downlink: '150Mbps',
    rtt: { value: '42ms', source: ookla2022, note: '32 ms of access; 31 to 34 ms were measured for mobile' },
    loss: '0.2%',
    measured: [
      published('mean uplink of T-Mobile US, January 2023', '17.9Mbps', opensignal5g),
      published('mean uplink of Verizon, January 2023', '16Mbps', opensignal5g),
      published('median uplink, worldwide, Q3 2021', '21.1Mbps', ookla5g),
    ],
  }),
  access({
    name: 'cable',
    summary: 'a household on cable',
    uplink: {
      median: '12Mbps',
      sigma: 0.6,
      cv: 0.6583,
      source: ookla2022,
      note: 'medians of US providers in June 2022: Xfinity 18.9, Spectrum 11.7, Cox 10.6 Mbps; they are rising',
    },
    downlink: '200Mbps',
    rtt: { value: '24ms', source: ookla2022, note: '14 ms of access; 11 to 16 ms were measured' },
    loss: '0.1%',
    measured: [
      published('median uplink of all fixed lines, US, 2022', '21.6Mbps', ookla2022),
      published('median uplink of all fixed lines, US, Q3 2023', '23.7Mbps', ookla2023),
    ],
  }),
  access({
    name: 'dsl',
    summary: 'a household on DSL',
    uplink: {
      median: '4Mbps',
      sigma: 0.7,
      cv: 0.7952,
      source: ookla2022,
      note: 'CenturyLink, a mix of DSL and fibre, had a median of 12.0 Mbps in June 2022; 1 to 5 Mbps are usual for DSL alone',
    },
    downlink: '25Mbps',
    rtt: { value: '35ms', source: ookla2022, note: '25 ms of access; 15 ms and more were measured' },
    loss: '0.3%',
    measured: [published('median uplink of CenturyLink, June 2022', '12Mbps', ookla2022, 'DSL and fibre')],
  }),
  access({
    name: 'fibre',
    summary: 'a household on fibre',
    uplink: {
      median: '110Mbps',
      sigma: 0.7,
      cv: 0.7952,
      source: ookla2022,
      note: 'medians of providers with much fibre in June 2022: Frontier 113, Verizon 112, AT&T 112 Mbps',
    },
    downlink: '200Mbps',
    rtt: { value: '18ms', source: ookla2022, note: '8 ms of access were measured' },
    loss: '0.02%',
    measured: [
      published('median uplink of Verizon, June 2022', '112Mbps', ookla2022),
      published('median uplink of AT&T, Q3 2023', '188.6Mbps', ookla2023),
    ],
  }),
  access({
    name: 'wifi-office',
    summary: 'an office that shares a line over Wi-Fi',
    uplink: {
      median: '50Mbps',
      sigma: 0.5,
      cv: 0.5329,
      source: 'no figure was found',
      note: 'what an ordinary wireless LAN leaves to one device',
    },
    downlink: '100Mbps',
    rtt: { value: '15ms', source: 'no figure was found', note: '5 ms of access' },
    loss: '0.1%',
  }),
  access({
    name: 'satellite-leo',
    summary: 'a household on a satellite in low orbit',
    uplink: {
      median: '12Mbps',
      sigma: 0.5,
      cv: 0.5329,
      source: 'no figure was found',
      note: 'like cable, on average',
    },
    downlink: '65Mbps',
    rtt: { value: '55ms', source: 'no figure was found', note: '45 ms of access' },
    loss: '0.8%',
  }),
];
