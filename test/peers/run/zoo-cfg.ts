// The configuration file of a ZooKeeper server in a test: sessions last seconds, whatever clients ask for, so that no test
// waits for minutes until a dead client is given up.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificates } from '../../fakes/certificates.ts';

const TICK_MS = 500;
const MAX_SESSION_TIMEOUT_MS = 8_000;

/** Keys and values of zoo.cfg. */
export type ZooSettings = Readonly<Record<string, string | number>>;

export interface ZooOptions {
  /** Sessions last from two ticks up to `maxSessionTimeoutMs`; how soon a dead one is noticed depends on the tick too. */
  readonly tickTimeMs?: number;
  readonly maxSessionTimeoutMs?: number;
  /** Opens a TLS port beside the plain one; clients must show a certificate of this CA. ZooKeeper 3.4 has none. */
  readonly certificates?: Certificates;
  readonly settings?: ZooSettings;
}

/** Writes `zoo.cfg` into `folder`, which is the server's own: its data lie in `data` below. */
export function writeZooCfg(
  folder: string,
  ports: { readonly plain: number; readonly tls: number },
  { tickTimeMs = TICK_MS, maxSessionTimeoutMs = MAX_SESSION_TIMEOUT_MS, certificates, settings }: ZooOptions,
): void {
  const all: ZooSettings = {
    tickTime: tickTimeMs,
    maxSessionTimeout: maxSessionTimeoutMs,
    dataDir: join(folder, 'data'),
    clientPortAddress: '127.0.0.1',
    clientPort: ports.plain,
    maxClientCnxns: 0,
    'admin.enableServer': 'false',
    '4lw.commands.whitelist': '*',
    ...(certificates !== undefined && tlsSettings(certificates, folder, ports.tls)),
    ...settings,
  };
  const lines = Object.entries(all).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(join(folder, 'zoo.cfg'), lines.join(''));
}

/** PEM files serve as key stores; only Netty's connections can speak TLS. */
function tlsSettings({ server, caFile }: Certificates, folder: string, secureClientPort: number): ZooSettings {
  const keyStore = join(folder, 'server-key-and-certificate.pem');
  writeFileSync(keyStore, `${readFileSync(server.keyFile, 'utf8')}${readFileSync(server.certFile, 'utf8')}`);
  return {
    serverCnxnFactory: 'org.apache.zookeeper.server.NettyServerCnxnFactory',
    secureClientPort,
    secureClientPortAddress: '127.0.0.1',
    'ssl.keyStore.location': keyStore,
    'ssl.keyStore.type': 'PEM',
    'ssl.trustStore.location': caFile,
    'ssl.trustStore.type': 'PEM',
    'ssl.clientAuth': 'need',
  };
}
