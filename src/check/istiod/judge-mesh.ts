// SPDX-License-Identifier: Apache-2.0
// The mesh config and the sidecars of an istiod, judged: is the bridge listed, is Kubernetes still read, who answers DNS. Pure.
import { isHonestTlsMode } from '../../fleet/judge-sources.ts';
import { readSourceAddress } from '../../fleet/source-address.ts';
import { failed, PASSED, passed, skipped, type Verdict, warned } from '../check.ts';
import { fewOf } from '../problem-causes.ts';
import type { ConfigSource, ConnectedProxy, MeshConfig } from './decode-pages.ts';

const XDS = 'xds://';

/** `server` is `host:port` as given; undefined: no bridge was named. */
export function judgeSources({ sources }: MeshConfig, server: string | undefined): Verdict {
  const listed = sources.filter(({ address }) => address.startsWith(XDS));
  const bare = sources.find(({ address }) => server !== undefined && address === server);
  if (bare !== undefined) return failed(`It lists ${bare.address} without \`xds://\`, which istiod ignores.`);
  if (listed.length === 0) return failed('It lists no `xds://` source at all.');
  const ours = listed.filter(({ address }) => server === undefined || hostOf(address) === server);
  const silent = (ours.length > 0 ? ours : listed).filter(({ tlsMode }) => !isHonestTlsMode(tlsMode));
  if (silent.length > 0) return warned(...silent.map(silentTls));
  if (ours.length > 0)
    return passed(
      fewOf(
        ours.map(({ address }) => address),
        MOST_NAMED,
      ),
    );
  return warned(
    `It lists ${fewOf(
      listed.map(({ address }) => address),
      MOST_NAMED,
    )}, and not ${server ?? ''}. That is well where one of these names leads to the same bridge.`,
  );
}

const MOST_NAMED = 5;

function hostOf(address: string): string {
  return address.slice(XDS.length).replace(/[/?].*$/, '');
}

function silentTls({ address, tlsMode }: ConfigSource): string {
  return `${address} has the TLS mode ${tlsMode}, for which istiod speaks plaintext without a word.`;
}

export function judgeKubernetes({ sources }: MeshConfig): Verdict {
  if (sources.length === 0) return passed('no source is listed');
  if (sources.some(({ address }) => readSourceAddress(address).kind === 'kubernetes')) return PASSED;
  return failed('`configSources` does not list `k8s://`, so istiod reads nothing from Kubernetes.');
}

const DNS_CAPTURE = 'ISTIO_META_DNS_CAPTURE';

/** What a connected sidecar says of itself outweighs what is set for all of them: a pod may say otherwise, or be older. */
export function judgeDnsCapture(
  mesh: MeshConfig | undefined,
  sidecars: readonly ConnectedProxy[] | undefined,
): Verdict {
  const isSet = mesh?.proxyMetadata.get(DNS_CAPTURE) === 'true';
  if (sidecars !== undefined && sidecars.length > 0) {
    const without = sidecars.filter(({ capturesDns }) => !capturesDns).map(({ id }) => id);
    if (without.length === 0) return passed(`each of ${sidecars.length} connected`);
    return warned(`${without.length} of ${sidecars.length} connected sidecars do not: ${fewOf(without, MOST_NAMED)}.`);
  }
  if (mesh === undefined) return skipped('istiod shows neither its mesh config nor its sidecars');
  if (isSet) return passed('set for the mesh');
  return warned('The mesh config does not turn it on, and no sidecar is connected that would show it for itself.');
}
