// SPDX-License-Identifier: Apache-2.0
// One process as it registers since Dubbo 3: by its application, with all its ports in one record of Curator's service discovery.
// Others write such records into the same tree.
import { type JsonObject, numberOf, objectOf, parsedJson, textOf } from '../../../lib/json-value.ts';
import { registeredAddress } from '../../decoding/registered-address.ts';
import type { IsSecret } from '../../decoding/secrets.ts';
import { type CuratorInstance, decodeCurator } from '../../zookeeper/curator.ts';
import { recordWriter } from '../../zookeeper/record-writer.ts';
import { keepParameters, scalarsOf } from './parameters.ts';
import { isReachable } from './protocols.ts';

export interface Endpoint {
  readonly scheme: string;
  readonly port: number;
}

export interface ApplicationInstance {
  readonly application: string;
  /** Name of its node: `address:port`. */
  readonly id: string;
  readonly address: string;
  /** At least one. */
  readonly endpoints: readonly Endpoint[];
  /** The one port that Curator knows of; it need not be among the endpoints. */
  readonly port: number | undefined;
  /** Of its metadata; undefined where it names none that could be looked up. */
  readonly revision: string | undefined;
  /** Without secrets and what only Dubbo itself needs. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Keys, never values. */
  readonly droppedSecrets: readonly string[];
  readonly isEnabled: boolean;
  /** `STATIC` or `PERMANENT` where its node outlives it. */
  readonly persistence: string | undefined;
}

export type DecodedInstance =
  | { readonly kind: 'instance'; readonly instance: ApplicationInstance }
  /** It is Dubbo's, and nothing can be sent to it. `why` goes with "it". */
  | { readonly kind: 'unreadable'; readonly why: string; readonly parameters: ReadonlyMap<string, string> }
  /** No record of Dubbo's, or of a process that provides nothing. */
  | { readonly kind: 'nothing' };

const NOTHING: DecodedInstance = { kind: 'nothing' };
/** Revision of a process that exports nothing. */
const EXPORTS_NOTHING = '0';
const REVISIONS = ['dubbo.metadata.revision', 'dubbo.exported-services.revision'];
/** It becomes part of a path. */
const REVISION = /^[\w-][\w.-]{0,127}$/;

export function decodeApplicationInstance(
  data: Buffer,
  { application, id }: Pick<ApplicationInstance, 'application' | 'id'>,
  isSecret: IsSecret,
): DecodedInstance {
  const record = decodeCurator(data);
  if (record === undefined || recordWriter(record) !== 'dubbo') return NOTHING;
  const metadata = objectOf(record.payload['metadata']) ?? {};
  const revision = REVISIONS.map((key) => textOf(metadata[key])).find((text) => text !== undefined);
  if (revision === EXPORTS_NOTHING) return NOTHING;
  const said = [...scalarsOf(metadata)].filter(([key]) => !isTechnical(key));
  const { parameters, droppedSecrets } = keepParameters(new Map(said), isSecret);
  const address = registeredAddress(record.address);
  const endpoints = endpointsOf(record, metadata);
  if (address === undefined) return { kind: 'unreadable', why: 'it has no usable address', parameters };
  if (endpoints.length === 0) return { kind: 'unreadable', why: 'it has no usable port', parameters };
  return {
    kind: 'instance',
    instance: {
      application,
      id,
      address,
      endpoints,
      port: record.port,
      revision: revision !== undefined && REVISION.test(revision) ? revision : undefined,
      parameters,
      droppedSecrets,
      isEnabled: record.enabled,
      persistence: isPersistent(record.serviceType) ? record.serviceType : undefined,
    },
  };
}

function isPersistent(serviceType: string | undefined): boolean {
  return serviceType === 'STATIC' || serviceType === 'PERMANENT';
}

/** What only Dubbo's own consumers need, and what every registration sets anew. */
function isTechnical(key: string): boolean {
  return (key.startsWith('dubbo.') && key !== 'dubbo.tag') || key === 'meta-v';
}

/** `dubbo.endpoints` has every port. Without it the record has one, and the protocol stands with the metadata service. */
function endpointsOf(record: CuratorInstance, metadata: JsonObject): readonly Endpoint[] {
  const listed = parsedJson(textOf(metadata['dubbo.endpoints']) ?? '');
  const endpoints = (Array.isArray(listed) ? listed : []).flatMap((one) => {
    const { port, protocol } = objectOf(one) ?? {};
    return endpoint(textOf(protocol), numberOf(port));
  });
  if (endpoints.length > 0) return endpoints;
  return endpoint(protocolOfMetadataService(metadata) ?? 'dubbo', record.port);
}

function endpoint(protocol: string | undefined, port: number | undefined): readonly Endpoint[] {
  const scheme = protocol?.toLowerCase();
  if (scheme === undefined || !isReachable(scheme) || port === undefined || port <= 0) return [];
  return [{ scheme, port }];
}

/** Parameters of one protocol, or, until 2.7, of each protocol under its name. */
function protocolOfMetadataService(metadata: JsonObject): string | undefined {
  const parameters = objectOf(parsedJson(textOf(metadata['dubbo.metadata-service.url-params']) ?? '')) ?? {};
  const byProtocol = Object.keys(parameters).find((protocol) => objectOf(parameters[protocol]) !== undefined);
  return textOf(parameters['protocol']) ?? byProtocol;
}
