// Every minor release of Istio as a client of ours, as data: what it speaks, what it asks for, what is odd about it and is taken
// care of, and by which test. A test compares what it says with what the code takes a client of each release for.

export interface IstioRelease {
  readonly minor: number;
  readonly speaks: 'aggregated' | 'resource-source' | 'sotw';
  /** What it asks for to have entries. */
  readonly asksFor: string;
  /** What is taken care of, beside what the rows above say. */
  readonly quirks: readonly string[];
  /** What runs a real one of that release, or of a day next to it. */
  readonly realOne?: string;
}

const COLLECTION = 'istio/networking/v1alpha3/serviceentries';
const ALPHA = 'networking.istio.io/v1alpha3/ServiceEntry';
const STABLE = 'networking.istio.io/v1/ServiceEntry';

const OLD_FORM = 'drops IPv6, entries without endpoints and several `exportTo`: is sent the form that it takes';
const FOUR_MIB = 'reads 4 MiB (`--mcpMaxMsgSize`): what is larger is told, with the remedy';
const FULL_PUSHES = 'each response for another collection costs a full push: sent once for each stream';
const FIXED_NODE = 'reads 4 MiB, without a flag: what is larger is told; no versions are sent';
const NEVER_WAITS = 'is ready without our answer: never given an early empty one';
const MUTUAL_TLS = 'TLS: mode MUTUAL, for which there is `mtls`; SIMPLE does not verify our certificate';
const NO_TLS = 'speaks plaintext whatever `tlsSettings` say';
const SIMPLE_TLS =
  'TLS: mode SIMPLE; with every other one it speaks plaintext, which `mesh-config --check` and our log tell';
const NO_ADDRESS = 'gives our entries no address: `virtualIps`';
const WAITS = 'is not ready before every type is answered: each is, whatever it is called; `coldStart.bound`';

export const ISTIO_RELEASES: readonly IstioRelease[] = [
  {
    minor: 0,
    speaks: 'aggregated',
    asksFor: '`type.googleapis.com/istio.networking.v1alpha3.ServiceEntry`',
    quirks: ['only its tools do; `client` where later ones have `sink_node`: read leniently'],
  },
  {
    minor: 1,
    speaks: 'resource-source',
    asksFor: COLLECTION,
    quirks: [OLD_FORM, FOUR_MIB, FULL_PUSHES, MUTUAL_TLS, 'with `USE_MCP_LEGACY=1` the aggregated service'],
  },
  { minor: 2, speaks: 'resource-source', asksFor: COLLECTION, quirks: [OLD_FORM, FOUR_MIB, FULL_PUSHES, MUTUAL_TLS] },
  { minor: 3, speaks: 'resource-source', asksFor: COLLECTION, quirks: [OLD_FORM, FOUR_MIB, FULL_PUSHES, MUTUAL_TLS] },
  {
    minor: 4,
    speaks: 'resource-source',
    asksFor: COLLECTION,
    quirks: [OLD_FORM, FOUR_MIB, FULL_PUSHES, MUTUAL_TLS, 'synthetic entries, if it asks for them, are answered empty'],
  },
  {
    minor: 5,
    speaks: 'resource-source',
    asksFor: COLLECTION,
    quirks: [FOUR_MIB, FULL_PUSHES, MUTUAL_TLS, 'synthetic entries, if it asks for them, are answered empty'],
  },
  {
    minor: 6,
    speaks: 'resource-source',
    asksFor: COLLECTION,
    quirks: [FOUR_MIB, FULL_PUSHES, MUTUAL_TLS, 'with `PILOT_ENABLE_INCREMENTAL_MCP=true` it is told changes'],
  },
  {
    minor: 7,
    speaks: 'resource-source',
    asksFor: COLLECTION,
    quirks: [FOUR_MIB, FULL_PUSHES, MUTUAL_TLS, 'its `xds://` is deaf after a reconnect: use the bare address'],
  },
  {
    minor: 8,
    speaks: 'resource-source',
    asksFor: COLLECTION,
    quirks: [
      FOUR_MIB,
      FULL_PUSHES,
      MUTUAL_TLS,
      'its `xds://` freezes after 11 responses: use the bare address',
      'dials a bridge that is gone without a pause, two log lines for each attempt',
    ],
    realOne: 'of August 2020: real-peer tests 27, and 31 over TLS',
  },
  { minor: 9, speaks: 'sotw', asksFor: ALPHA, quirks: [FIXED_NODE, NEVER_WAITS, NO_TLS] },
  {
    minor: 10,
    speaks: 'sotw',
    asksFor: ALPHA,
    quirks: [
      FIXED_NODE,
      NEVER_WAITS,
      NO_TLS,
      'does not validate: entries are validated here; dies after 10 disconnects',
    ],
  },
  {
    minor: 11,
    speaks: 'sotw',
    asksFor: ALPHA,
    quirks: [FIXED_NODE, NEVER_WAITS, NO_TLS, 'refuses every change of what has a version; dies after 10 disconnects'],
  },
  {
    minor: 12,
    speaks: 'sotw',
    asksFor: ALPHA,
    quirks: [NEVER_WAITS, NO_TLS, 'does not validate: entries are validated here'],
  },
  {
    minor: 13,
    speaks: 'sotw',
    asksFor: ALPHA,
    quirks: [NEVER_WAITS, NO_TLS, 'does not validate: entries are validated here'],
  },
  { minor: 14, speaks: 'sotw', asksFor: ALPHA, quirks: [NEVER_WAITS, NO_TLS] },
  { minor: 15, speaks: 'sotw', asksFor: ALPHA, quirks: [NEVER_WAITS, NO_TLS] },
  ...range(16, 20).map((minor) => ({ minor, speaks: 'sotw' as const, asksFor: ALPHA, quirks: [WAITS, NO_TLS] })),
  ...range(21, 22).map((minor) => ({
    minor,
    speaks: 'sotw' as const,
    asksFor: ALPHA,
    quirks: [
      WAITS,
      NO_TLS,
      'what changes of an endpoint at the same address waits for the next push: [why](operations.md#instances-that-change-in-place)',
    ],
    realOne: 'of between 1.21 and 1.22: `test/peers/24-an-istiod-of-2024-reads-v1alpha3.test.ts`',
  })),
  { minor: 23, speaks: 'sotw', asksFor: ALPHA, quirks: [WAITS, NO_TLS] },
  { minor: 24, speaks: 'sotw', asksFor: STABLE, quirks: [WAITS, NO_TLS] },
  { minor: 25, speaks: 'sotw', asksFor: STABLE, quirks: [WAITS, NO_TLS, NO_ADDRESS] },
  ...range(26, 30).map((minor) => ({
    minor,
    speaks: 'sotw' as const,
    asksFor: STABLE,
    quirks: [WAITS, SIMPLE_TLS, NO_ADDRESS],
  })),
  {
    minor: 31,
    speaks: 'sotw',
    asksFor: STABLE,
    quirks: [WAITS, SIMPLE_TLS, NO_ADDRESS],
    realOne: 'of August 2026, next to it: that of the table above, in plaintext and over TLS',
  },
];

const HOW: Readonly<Record<IstioRelease['speaks'], string>> = {
  aggregated: '`test/protocol/mesh-config.test.ts`',
  'resource-source':
    'Istio’s own sink with its collections (real-peer test 28); `test/protocol/resource-source.test.ts`',
  sotw: 'a fake that follows it: `test/faults/serve.test.ts`; `test/protocol/sotw.test.ts`',
};

const SPEAKS: Readonly<Record<IstioRelease['speaks'], string>> = {
  aggregated: 'legacy MCP, aggregated',
  'resource-source': 'legacy MCP (bare address)',
  sotw: 'xDS (`xds://`)',
};

/** Of 1.9 to 1.15, none of which can be had as a module. */
function ownFakes(minor: number): readonly string[] {
  if (minor < 9 || minor > 15) return [];
  const limit = minor <= 11 ? ', `test/faults/receive-limit.test.ts`' : '';
  return [`the life of its bridge: \`test/faults/istiod-releases.test.ts\`${limit}`];
}

function realOnes(what: string | undefined): readonly string[] {
  return what === undefined ? [] : [`a real one, ${what}`];
}

/** The section of docs/compatibility.md. */
export function describeIstioReleases(): string {
  const rows = ISTIO_RELEASES.map(({ minor, speaks, asksFor, quirks, realOne }) => {
    const asked = asksFor.startsWith('`') ? asksFor : `\`${asksFor}\``;
    const how = [...realOnes(realOne), ...ownFakes(minor), HOW[speaks]].join('; ');
    return `| 1.${minor} | ${SPEAKS[speaks]} | ${asked} | ${quirks.join('; ')} | ${how} |`;
  });
  return `## Every Istio

What each minor release speaks to a config source and asks it for, what is odd about it and taken care of, and how that is tested. The
real ones that are run stand in the table above.

| Istio | protocol | asks for entries as | what is taken care of | how it is tested |
|---|---|---|---|---|
${rows.join('\n')}

Other clients are served incremental (delta) xDS, which no istiod speaks to a config source: real-peer test 29,
\`test/protocol/delta.test.ts\`, \`test/faults/delta.test.ts\`. That all protocols deliver the same set after any history is a property: \`test/property/protocols.test.ts\`. That ten of them, of all protocols and with ten thousand
entries, do not wait for one that stopped reading: real-peer test 26. The reasons for which a client is turned away, from its certificate to the access
list: \`test/faults/serve-tls.test.ts\`.
`;
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, place) => first + place);
}
