// The smallest Kubernetes API with which a stock istiod starts and becomes ready: every list is empty (namespaces excepted),
// every watch stays open and silent, every write is answered with what was written (leases of leader elections, mostly).
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { stringify } from 'yaml';
import type { Teardown } from './teardown.ts';

/** Where resources are named in the plural, their kind; a list of another kind is called UnknownList, which istiod accepts. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['configmaps', 'ConfigMap'],
  ['customresourcedefinitions', 'CustomResourceDefinition'],
  ['endpoints', 'Endpoints'],
  ['endpointslices', 'EndpointSlice'],
  ['ingressclasses', 'IngressClass'],
  ['ingresses', 'Ingress'],
  ['leases', 'Lease'],
  ['mutatingwebhookconfigurations', 'MutatingWebhookConfiguration'],
  ['namespaces', 'Namespace'],
  ['nodes', 'Node'],
  ['pods', 'Pod'],
  ['secrets', 'Secret'],
  ['serviceaccounts', 'ServiceAccount'],
  ['services', 'Service'],
  ['validatingwebhookconfigurations', 'ValidatingWebhookConfiguration'],
]);

const NAMESPACES = ['istio-system', 'payments', 'orders'].map((name) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, uid: name, resourceVersion: '1' },
}));

/** Serves until the teardown; hands back the text of a kubeconfig file that leads to it. */
export async function startKubeApi(teardown: Teardown): Promise<{ readonly kubeconfig: string }> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  teardown.add('the Kubernetes API stub', () => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { kubeconfig: kubeconfigFor(`http://127.0.0.1:${port}`) };
}

function kubeconfigFor(server: string): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'stub', cluster: { server } }],
    users: [{ name: 'stub', user: {} }],
    contexts: [{ name: 'stub', context: { cluster: 'stub', user: 'stub' } }],
    'current-context': 'stub',
  });
}

interface Reply {
  readonly status: number;
  readonly body: object;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://stub');
  const written = await text(request);
  const isRead = request.method === 'GET';
  // A watch: open, and silent for ever.
  if (isRead && url.searchParams.has('watch') && !url.searchParams.has('sendInitialEvents')) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    return;
  }
  const { status, body } = isRead ? readReply(url, request.headers.accept ?? '') : writeReply(request.method, written);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function writeReply(method: string | undefined, written: string): Reply {
  if (method === 'DELETE') return ok({ kind: 'Status', apiVersion: 'v1', status: 'Success' });
  const object = JSON.parse(written === '' ? '{}' : written);
  return ok({ ...object, metadata: { ...object.metadata, resourceVersion: '2', uid: 'stub' } });
}

function readReply({ pathname, searchParams }: URL, accept: string): Reply {
  if (pathname === '/version') return ok({ major: '1', minor: '33', gitVersion: 'v1.33.0', platform: 'linux/amd64' });
  if (pathname === '/api') return ok({ kind: 'APIVersions', versions: ['v1'] });
  if (pathname === '/apis') return ok({ kind: 'APIGroupList', apiVersion: 'v1', groups: [] });
  // Refusing the streamed form of a list makes the client fall back to a plain LIST.
  if (searchParams.has('sendInitialEvents')) return failure(422, 'Invalid');
  return objectReply(pathname, accept);
}

/** A single object or a list: `/api/v1/...` and `/apis/group/version/...`, either with `namespaces/NAME` before the kind. */
function objectReply(pathname: string, accept: string): Reply {
  const parts = pathname.split('/').filter((part) => part !== '');
  const isCore = parts[0] === 'api';
  const groupVersion = isCore ? 'v1' : `${parts[1]}/${parts[2]}`;
  const afterVersion = parts.slice(isCore ? 2 : 3);
  const isNamespaced = afterVersion[0] === 'namespaces' && afterVersion.length > 2;
  const [plural = '', name] = isNamespaced ? afterVersion.slice(2) : afterVersion;
  const objects = plural === 'namespaces' ? NAMESPACES : [];
  if (name !== undefined) {
    const found = objects.find(({ metadata }) => metadata.name === name);
    return found === undefined ? failure(404, 'NotFound') : ok(found);
  }
  const isPartial = accept.includes('PartialObjectMetadataList');
  return ok({
    kind: isPartial ? 'PartialObjectMetadataList' : `${KINDS.get(plural) ?? 'Unknown'}List`,
    apiVersion: isPartial ? 'meta.k8s.io/v1' : groupVersion,
    metadata: { resourceVersion: '1' },
    items: objects,
  });
}

function ok(body: object): Reply {
  return { status: 200, body };
}

function failure(code: number, reason: string): Reply {
  return { status: code, body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, code, message: reason } };
}
