// SPDX-License-Identifier: Apache-2.0
// One read of Eureka for a dump: exactly as the living registry reads (servers, credentials, single applications where the
// scope names few), and of what was heard the bodies that its readers were content with.

import { compileSecrets } from '../decoding/secrets.ts';
import type { Capture } from '../dump.ts';
import type { RegistryContext } from '../kind.ts';
import type { ScopeOptions } from '../scope.ts';
import { answerForDump } from './answer-for-dump.ts';
import { LibraryClient } from './library-client.ts';
import type { EurekaOptions } from './options.ts';
import { asReadFailure } from './read-failure.ts';
import { ScopedReader } from './scoped-reader.ts';
import { EurekaTransport } from './transport.ts';

/** Never rejects. */
export async function captureEureka(
  name: string,
  options: EurekaOptions,
  scope: ScopeOptions,
  context: RegistryContext,
): Promise<Capture> {
  const transport = new EurekaTransport(options, context.clock);
  try {
    await transport.refresh();
    const answers = await hear(transport, name, options, scope, context);
    const masked: string[] = [];
    const masking = { isSecret: compileSecrets(options.secretKeys), onMasked: (key: string) => void masked.push(key) };
    const raw = answerForDump(answers, { ...options, registry: name }, scope, masking);
    return { kind: 'captured', raw, masked, unread: [] };
  } catch (thrown) {
    const { code, message } = asReadFailure(thrown);
    return { kind: 'failed', code, message };
  } finally {
    await transport.close();
  }
}

/** The last body of each path: where a server's answer was not good enough, the next server was asked for the same path. */
async function hear(
  transport: EurekaTransport,
  name: string,
  options: EurekaOptions,
  scope: ScopeOptions,
  context: RegistryContext,
): Promise<readonly unknown[]> {
  const texts = new Map<string, string>();
  const client = new LibraryClient(options.urls, async (server, path) => {
    const answer = await transport.get(server, path);
    texts.set(path.slice(server.appsPath.length), answer.text);
    return answer;
  });
  const { failure } = await new ScopedReader(client, name, options, scope, context).read();
  if (failure !== undefined) throw failure;
  // An application that is not there has answered 404, without a body that counts.
  return [...texts.values()].filter((text) => text !== '').map((text): unknown => JSON.parse(text));
}
