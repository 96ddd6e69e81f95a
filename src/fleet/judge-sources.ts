// SPDX-License-Identifier: Apache-2.0
// A list of config sources, judged by what istiod does with it. Pure; nothing is dialled.
import { hostPortText } from '../lib/host-port.ts';
import type { FindingCode, SourceFinding } from './finding-table.ts';
import type { ConfigSource, SourceTls } from './mesh-config.ts';
import { readSourceAddress, type SourceAddress } from './source-address.ts';

/** What a source may say of TLS without being plaintext by mistake. */
const HONEST_TLS_MODES: readonly string[] = ['', 'DISABLE', 'SIMPLE'];

export function isHonestTlsMode(mode: string): boolean {
  return HONEST_TLS_MODES.includes(mode);
}

/** In the order of the list, what is wrong with it as a whole first. */
export function judgeSourceList(sources: readonly ConfigSource[]): readonly SourceFinding[] {
  const read = sources.map((source) => ({ source, address: readSourceAddress(source.address) }));
  const seen = new Set<string>();
  return [
    ...judgeKubernetes(read.map(({ address }) => address)),
    ...read.flatMap(({ source, address }) => {
      const same = sameness(address);
      const isRepeated = same !== undefined && seen.has(same);
      if (same !== undefined) seen.add(same);
      const codes = [
        ...(isRepeated ? (['SOURCE_REPEATED'] as const) : []),
        ...judgeAddress(address),
        ...(address.kind === 'xds' ? judgeTls(source.tls) : []),
      ];
      return codes.map((code) => ({ code, subject: source.address }));
    }),
  ];
}

function judgeKubernetes(addresses: readonly SourceAddress[]): readonly SourceFinding[] {
  const place = addresses.findIndex(({ kind }) => kind === 'kubernetes');
  // Nothing listed: istiod reads Kubernetes.
  if (addresses.length === 0 || place === 0) return [];
  return [{ code: place < 0 ? 'KUBERNETES_MISSING' : 'KUBERNETES_NOT_FIRST', subject: '' }];
}

/** Equal for two addresses that lead to one source; names are compared as DNS does. undefined: none that is read. */
function sameness(address: SourceAddress): string | undefined {
  switch (address.kind) {
    case 'kubernetes':
      return 'k8s';
    case 'xds':
    case 'bare':
      return hostPortText({ ...address.server, host: address.server.host.toLowerCase() });
    default:
      return undefined;
  }
}

function judgeAddress(address: SourceAddress): readonly FindingCode[] {
  switch (address.kind) {
    case 'bare':
      return ['SOURCE_WITHOUT_SCHEME'];
    case 'ignored':
      return ['SOURCE_IGNORED'];
    case 'undialable':
      return ['SOURCE_WITHOUT_PORT'];
    case 'xds':
      return address.dropped === '' ? [] : ['SOURCE_PATH_DROPPED'];
    default:
      return [];
  }
}

function judgeTls({ mode, caPem, credentialName, subjectAltNames, insecureSkipVerify }: SourceTls) {
  if (!isHonestTlsMode(mode)) return ['TLS_IS_PLAINTEXT'] as const;
  if (mode !== 'SIMPLE') return [];
  const hasCa = caPem !== '' || credentialName !== '';
  if (insecureSkipVerify && (hasCa || subjectAltNames.length > 0)) return ['TLS_CONTRADICTION'] as const;
  if (caPem !== '' && !caPem.includes('-----BEGIN CERTIFICATE-----')) return ['TLS_CA_NO_PEM'] as const;
  return !hasCa && subjectAltNames.length > 0 ? (['TLS_NAMES_UNCHECKED'] as const) : [];
}
