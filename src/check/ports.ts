// SPDX-License-Identifier: Apache-2.0
// The checks of the ports that a bridge of this configuration would listen on; of a taken one, who holds it.
import { once as onceEvent } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../config/config.ts';
import { errorCode } from '../lib/error-code.ts';
import { type HostPort, hostPortText } from '../lib/host-port.ts';
import { type HttpLimits, httpGet } from '../lib/http-ask.ts';
import { ISTIOD_TYPE_URLS } from '../probe/istiod-types.ts';
import { surveyConfigSource } from '../probe/survey.ts';
import { type Category, check, failed, once, PASSED, passed, type Verdict, warned } from './check.ts';
import { isBridgeOf, portHolder } from './port-holder.ts';
import type { ReadDeps } from './read-once.ts';

/** `isRunning`: a running bridge is asked in the same run, so that its own ports may be taken, by it and by no other. */
export function portChecks(config: Config, isRunning: boolean, deps: ReadDeps): Category {
  const { serve, admin } = config;
  const holder = once(() => portHolder(reachable({ host: admin.address, port: admin.port }), deps.clock));
  const isExpected = async () => isRunning && isBridgeOf(config, await holder());
  const port = (name: string, key: PortKey, host: string, number: number, isBridge: IsBridge) =>
    check('port-free', () => judge(key, { host, port: number }, isBridge, isExpected, deps), {
      subject: `${name} port ${hostPortText({ host, port: number })}`,
    });
  // Over TLS it answers only who trusts it: its admin port tells.
  const answers: IsBridge =
    serve.tls.mode === 'off' ? answersAsSource : async () => (await holder())?.port === serve.port;
  const second = serve.plaintextPort;
  return {
    title: 'ports of this machine',
    checks: [
      port('serve', 'serve.port', serve.address, serve.port, answers),
      ...(second === undefined
        ? []
        : [port('plaintext', 'serve.plaintextPort', serve.address, second, answersAsSource)]),
      port('admin', 'admin.port', admin.address, admin.port, answersAsAdmin),
    ],
  };
}

type PortKey = 'serve.port' | 'serve.plaintextPort' | 'admin.port';
type IsBridge = (address: HostPort, deps: ReadDeps) => Promise<boolean>;

async function judge(
  key: PortKey,
  address: HostPort,
  isBridge: IsBridge,
  isExpected: () => Promise<boolean>,
  deps: ReadDeps,
): Promise<Verdict> {
  const code = await listenOnce(address);
  const shown = hostPortText(address);
  switch (code) {
    case undefined:
      return PASSED;
    case 'EADDRINUSE':
      if (!(await isBridge(reachable(address), deps))) return failed(`Another program listens on ${shown}.`);
      if (await isExpected()) return passed('the bridge of this configuration does already');
      return {
        ...warned(`A bridge answers on ${shown} already, and a second one cannot start beside it.`),
        remedy: `If it is the bridge of this configuration, check it with \`--server\`; else choose another port (\`${key}\`).`,
      };
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        ...failed(`${address.host} is no address of this machine (${code}).`),
        remedy: `Correct \`${key === 'admin.port' ? 'admin' : 'serve'}.address\`: an address of this machine or pod, or \`0.0.0.0\` for all of them.`,
      };
    case 'EACCES':
      return {
        ...failed(`This user may not listen on ${shown} (${code}).`),
        remedy: `Choose a port from 1024 on (\`${key}\`).`,
      };
    default:
      return failed(`Nothing can listen on ${shown}${code === '' ? '' : ` (${code})`}.`);
  }
}

/** The code of the error, '' where it has none; undefined: it could listen. */
async function listenOnce({ host, port }: HostPort): Promise<string | undefined> {
  const server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await onceEvent(server, 'listening');
    return undefined;
  } catch (error) {
    return errorCode(error);
  } finally {
    server.close();
  }
}

/** Where one connects to what listens on every address. */
function reachable({ host, port }: HostPort): HostPort {
  return { host: host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host, port };
}

const DEADLINE_MS = 2_000;

/** The first type that istiod asks for, which every bridge answers with nothing at once. */
async function answersAsSource(address: HostPort, deps: ReadDeps): Promise<boolean> {
  const typeUrls = ISTIOD_TYPE_URLS.slice(0, 1);
  const options = { address: hostPortText(address), typeUrls, name: 'check' };
  return (await surveyConfigSource(options, DEADLINE_MS, deps)).unanswered.length === 0;
}

/** The page has a few lines; what is longer is another one. */
const READINESS: HttpLimits = { deadlineMs: DEADLINE_MS, mostBytes: 64 * 1024 };

async function answersAsAdmin(address: HostPort, { clock }: ReadDeps): Promise<boolean> {
  const answer = await httpGet(new URL(`http://${hostPortText(address)}/readyz`), READINESS, clock);
  return answer.kind === 'answered' && /^(?:not )?ready\n(?:ok|missing) +listening$/m.test(answer.text);
}
