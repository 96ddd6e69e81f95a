// The first answer of a bridge in every protocol, to the byte: two replicas must not differ in anything but the nonce.
import { createHash } from 'node:crypto';
import { Client, credentials } from '@grpc/grpc-js';
import { envoy, istio } from '../../../src/proto/messages.gen.js';
import { adsDefinition } from '../../../src/serve/ads-service.ts';
import { resourceSourceDefinition } from '../../../src/serve/mcp-service.ts';

const TYPE_URL = 'networking.istio.io/v1/ServiceEntry';
const COLLECTION = 'istio/networking/v1alpha3/serviceentries';
const NODE = { id: 'footbridge-test' };
const { DiscoveryRequest, DiscoveryResponse, DeltaDiscoveryRequest, DeltaDiscoveryResponse } =
  envoy.service.discovery.v3;
const { RequestResources, Resources } = istio.mcp.v1alpha1;

interface Question {
  readonly path: string;
  readonly request: Uint8Array;
  /** The field of the nonce as it stands in these bytes. */
  readonly nonceField: (response: Uint8Array) => Uint8Array;
}

const QUESTIONS: Readonly<Record<string, Question>> = {
  sotw: {
    path: adsDefinition.StreamAggregatedResources.path,
    request: DiscoveryRequest.encode({ typeUrl: TYPE_URL, node: NODE }).finish(),
    nonceField: (bytes) => DiscoveryResponse.encode({ nonce: DiscoveryResponse.decode(bytes).nonce }).finish(),
  },
  delta: {
    path: adsDefinition.DeltaAggregatedResources.path,
    request: DeltaDiscoveryRequest.encode({ typeUrl: TYPE_URL, node: NODE }).finish(),
    nonceField: (bytes) =>
      DeltaDiscoveryResponse.encode({ nonce: DeltaDiscoveryResponse.decode(bytes).nonce }).finish(),
  },
  'resource-source': {
    path: resourceSourceDefinition.EstablishResourceStream.path,
    request: RequestResources.encode({ collection: COLLECTION, sinkNode: NODE }).finish(),
    nonceField: (bytes) => Resources.encode({ nonce: Resources.decode(bytes).nonce }).finish(),
  },
};

/** Protocol → length and hash of the whole response without its nonce. `address`: `HOST:PORT`. */
export async function wholeAnswers(address: string): Promise<Readonly<Record<string, string>>> {
  const client = new Client(address, credentials.createInsecure(), {
    'grpc.use_local_subchannel_pool': 1,
    'grpc.max_receive_message_length': -1,
  });
  try {
    const answers = Object.entries(QUESTIONS).map(async ([protocol, question]) => {
      const bytes = await ask(client, question);
      return [protocol, described(withoutPiece(bytes, question.nonceField(bytes)))] as const;
    });
    return Object.fromEntries(await Promise.all(answers));
  } finally {
    client.close();
  }
}

function ask(client: Client, { path, request }: Question): Promise<Buffer> {
  const asIs = (bytes: Buffer) => bytes;
  return new Promise((resolve, reject) => {
    const call = client.makeBidiStreamRequest(path, asIs, asIs);
    call.on('error', reject);
    call.on('data', (bytes: Buffer) => {
      resolve(bytes);
      call.cancel();
    });
    call.write(Buffer.from(request));
  });
}

function withoutPiece(bytes: Buffer, piece: Uint8Array): Buffer {
  const at = bytes.lastIndexOf(piece);
  if (piece.length === 0 || at < 0) throw new Error('a response without a nonce');
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + piece.length)]);
}

function described(bytes: Buffer): string {
  return `${bytes.length} bytes, ${createHash('sha256').update(bytes).digest('hex')}`;
}
