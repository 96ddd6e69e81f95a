// Resources and snapshots without a registry behind them, for tests of what comes after conversion.
import { createHash } from 'node:crypto';
import { istio } from '../../src/proto/messages.gen.js';
import type { Resource } from '../../src/snapshot/resource.ts';
import { createSnapshot, type Snapshot } from '../../src/snapshot/snapshot.ts';

export const SERVICE_ENTRY = 'networking.istio.io/ServiceEntry';

/** A ServiceEntry named `payments/<name>`; other `content` is another version. */
export function resource(name: string, content = '', kind = SERVICE_ENTRY): Resource {
  const version = createHash('sha256').update(`${name}\n${content}`).digest('hex').slice(0, 16);
  const encode = (shown: string) => {
    const body = istio.networking.v1alpha3.ServiceEntry.encode({
      hosts: [`${name}.payments.eureka`],
      ports: [{ number: 80, protocol: 'HTTP', name: 'http' }],
      location: istio.networking.v1alpha3.ServiceEntry.Location.MESH_INTERNAL,
      resolution: istio.networking.v1alpha3.ServiceEntry.Resolution.STATIC,
      endpoints: [{ address: '10.0.0.1', ports: { http: 8080 }, labels: content ? { content } : {} }],
    }).finish();
    return istio.mcp.v1alpha1.Resource.encode({
      metadata: { name: `payments/${name}`, version: shown, createTime: { seconds: 4102444800, nanos: 0 } },
      body: { typeUrl: 'type.googleapis.com/istio.networking.v1alpha3.ServiceEntry', value: body },
    }).finish();
  };
  return {
    kind,
    name: `payments/${name}`,
    version,
    bytes: encode(version),
    bytesWithoutVersion: () => encode(''),
    // As of an entry with IPv6 in it: those of Istio up to 1.4 are given less of `six`, and nothing of `none`.
    forOldIstio() {
      if (content === 'none') return undefined;
      return content === 'six' ? resource(name, 'four', kind) : this;
    },
  };
}

let serial = 0;

/** `orders`, or `orders=2` for the same with other content. */
export function snapshotOf(
  names: readonly string[],
  about: { complete?: boolean; createdAtMs?: number } = {},
): Snapshot {
  const resources = names.map((text) => {
    const [name = '', content = ''] = text.split('=');
    return resource(name, content);
  });
  const { complete = true, createdAtMs = 0 } = about;
  return createSnapshot(resources, { serial: ++serial, complete, createdAtMs });
}
