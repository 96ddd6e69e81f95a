// Where our server of legacy MCP and Galley's differ on purpose; docs/adr/0015 says why. A difference that no row tells fails the
// comparison, and so does a row that is none.

export interface GalleyDifference {
  /** Of the history. */
  readonly step: string;
  /** Of a client that wants the whole, of one that wants changes, or of both. */
  readonly of: 'whole' | 'incremental' | 'both';
  readonly reason: string;
  readonly galley: readonly string[];
  readonly ours: readonly string[];
}

export const GALLEY_DIFFERENCES: readonly GalleyDifference[] = [
  {
    step: 'a client asks for what nobody knows, and something changes',
    of: 'whole',
    reason: 'an unknown collection ends the stream, and with it every other one: ours answers it empty',
    galley: ['→ istio/of/tomorrow', '× INVALID_ARGUMENT unsupported collection "istio/of/tomorrow"'],
    ours: ['→ istio/of/tomorrow', '← 0 resources', '← whole @16 [+bills#1 +orders#13]', '→ ack'],
  },
  {
    step: 'a client asks for what nobody knows, and something changes',
    of: 'incremental',
    reason: 'the same, for who wants changes',
    galley: ['→ istio/of/tomorrow', '× INVALID_ARGUMENT unsupported collection "istio/of/tomorrow"'],
    ours: ['→ istio/of/tomorrow', '← 0 resources', '← changes @16 [+orders#13]', '→ ack'],
  },
  {
    step: 'a client asks for what is known, and nothing was ever published in it',
    of: 'both',
    reason: 'a collection without a version is never answered, and Pilot never ready: ours gives every collection one',
    galley: ['→ istio/networking/v1alpha3/sidecars'],
    ours: ['→ istio/networking/v1alpha3/sidecars', '← 0 resources'],
  },
  {
    step: 'a client asks for everything once more',
    of: 'incremental',
    reason: 'who asks without a nonce may have lost what it had: ours tells all of it',
    galley: ['→ incremental []', '← changes @7 []', '→ ack'],
    ours: ['→ incremental []', '← whole @7 [+orders#6 +stock#1]', '→ ack'],
  },
  {
    step: 'a client asks once more while a response is under way',
    of: 'whole',
    reason: 'a question is taken for an acknowledgement, and the acknowledgement for a stale one: ours answers both',
    galley: ['← whole @14 [+bills#1 +orders#11]', '→ whole', '→ ack', '← whole @15 [+bills#1 +orders#12]', '→ ack'],
    ours: [
      '← whole @14 [+bills#1 +orders#11]',
      '→ whole',
      '→ ack',
      '← whole @14 [+bills#1 +orders#11]',
      '→ ack',
      '← whole @15 [+bills#1 +orders#12]',
      '→ ack',
    ],
  },
  {
    step: 'a client asks once more while a response is under way',
    of: 'incremental',
    reason: 'the same, for who wants changes',
    galley: ['← changes @14 [+orders#11]', '→ incremental []', '→ ack', '← changes @15 [+orders#12]', '→ ack'],
    ours: [
      '← changes @14 [+orders#11]',
      '→ incremental []',
      '→ ack',
      '← whole @14 [+bills#1 +orders#11]',
      '→ ack',
      '← changes @15 [+orders#12]',
      '→ ack',
    ],
  },
  {
    step: 'a client comes back, and what it holds is not what there is',
    of: 'incremental',
    reason: '`initial_resource_versions` is not looked at: ours tells what differs from it',
    galley: ['→ incremental [orders stock]', '← whole @8 [+orders#7 +users#1]', '→ ack'],
    ours: ['→ incremental [orders stock]', '← changes @8 [+orders#7 +users#1 -stock]', '→ ack'],
  },
  {
    step: 'a client comes back, and asks for something else first',
    of: 'incremental',
    reason:
      'only the first response of a stream, of whatever collection, is whole: what went (`users`) the client keeps for ever',
    galley: ['→ incremental [orders users]', '← changes @9 [+orders#7 +search#1]', '→ ack'],
    ours: ['→ incremental [orders users]', '← changes @9 [+search#1 -users]', '→ ack'],
  },
  {
    step: 'the server is killed and comes back, and what the client holds is not what there is',
    of: 'incremental',
    reason: 'both reasons above: this client still has `users` from Galley',
    galley: ['→ incremental [orders search users]', '← whole @10 [+bills#1 +orders#7]', '→ ack'],
    ours: ['→ incremental [orders search]', '← changes @10 [+bills#1 -search]', '→ ack'],
  },
];
