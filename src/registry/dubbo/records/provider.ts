// SPDX-License-Identifier: Apache-2.0
// One provider: one interface, by one protocol, of one process. At the interface level it is the name of a node; at the
// application level it comes out of the metadata of an application, or is no more than an endpoint.
import { registeredAddress } from '../../decoding/registered-address.ts';
import type { IsSecret } from '../../decoding/secrets.ts';
import type { JudgeScope, LeftOut, ScopeSubject } from '../../scope.ts';
import { type DubboUrl, decodeDubboUrl } from './dubbo-url.ts';
import { flagOf, keepParameters } from './parameters.ts';
import { isReachable, schemeOf } from './protocols.ts';
import { identityOf, type ServiceIdentity } from './service-identity.ts';

export interface Provider extends ServiceIdentity {
  readonly application: string;
  /** In lower case. */
  readonly scheme: string;
  readonly address: string;
  readonly port: number;
  readonly isInScope: boolean;
  /** What the scope says against it; only where it is outside. */
  readonly leftOut?: LeftOut;
  /** `endpoint`: only that it is there. */
  readonly knownBy: 'registration' | 'endpoint';
  /** Without secrets, methods and what changes with every registration; empty outside the scope, where nobody asks. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Keys, never values. */
  readonly droppedSecrets: readonly string[];
  readonly isPersistent: boolean;
  /** By the provider's clock: good for telling which of two registrations is the newer, and for nothing else. */
  readonly registeredAtMs: number;
}

export type DecodedProvider =
  | { readonly kind: 'provider'; readonly provider: Provider }
  /** Nobody could call it. */
  | { readonly kind: 'unreachable' }
  /** `why` goes with "it" and holds nothing of the name. */
  | { readonly kind: 'unreadable'; readonly why: string };

export interface ProviderRules {
  /** undefined: everything is in scope. */
  readonly judge: JudgeScope | undefined;
  readonly isSecret: IsSecret;
}

/** Stands among the dropped keys for a URL that named a user. */
export const USER_INFO = 'user info';
const NO_PARAMETERS: ReadonlyMap<string, string> = new Map();
const UNREACHABLE: DecodedProvider = { kind: 'unreachable' };

/** `interfaceName` is that of the directory: consumers look there, and take nothing that says another one. */
export function decodeProvider(nodeName: string, interfaceName: string, rules: ProviderRules): DecodedProvider {
  const parsed = decodeDubboUrl(nodeName);
  if (parsed.kind === 'unreadable') return parsed;
  const { url } = parsed;
  if (!isReachable(url.protocol) || !isProvider(url.parameters)) return UNREACHABLE;
  const address = registeredAddress(url.host);
  if (address === undefined) return unreadable('it names no address');
  const said = url.parameters.get('interface') ?? interfaceName;
  if (said !== interfaceName) return unreadable('it names another interface than the directory that it stands in');
  const application = url.parameters.get('application') ?? '';
  if (application === '') return unreadable('it names no application');
  return { kind: 'provider', provider: providerOfUrl(url, { interfaceName, application, address }, rules) };
}

/** Consumers ignore what another side or category registered by mistake. */
function isProvider(parameters: ReadonlyMap<string, string>): boolean {
  const category = parameters.get('category') ?? 'providers';
  return (parameters.get('side') ?? 'provider') === 'provider' && category.split(',').includes('providers');
}

function providerOfUrl(
  url: DubboUrl,
  { interfaceName, ...place }: Pick<Provider, 'interfaceName' | 'application' | 'address'>,
  { judge, isSecret }: ProviderRules,
): Provider {
  const { parameters, droppedSecrets } = keepParameters(url.parameters, isSecret);
  const identity = identityOf(interfaceName, parameters.get('group') ?? '', parameters.get('version') ?? '');
  return scoped(
    {
      ...identity,
      ...place,
      scheme: url.protocol,
      port: url.port ?? schemeOf(url.protocol).defaultPort,
      knownBy: 'registration',
      parameters,
      droppedSecrets: url.hasUserInfo ? [...droppedSecrets, USER_INFO] : droppedSecrets,
      isPersistent: !flagOf(url.parameters.get('dynamic'), true),
      registeredAtMs: Number(url.parameters.get('timestamp')) || 0,
    },
    judge,
  );
}

/** Of what is outside no more is kept than where it is and why: most of a large registry is. */
export function scoped(provider: Omit<Provider, 'isInScope' | 'leftOut'>, judge: JudgeScope | undefined): Provider {
  const verdict = judge?.(asAsked(provider));
  if (verdict === undefined || verdict.kind === 'in-scope') return { ...provider, isInScope: true };
  return { ...provider, parameters: NO_PARAMETERS, droppedSecrets: [], isInScope: false, leftOut: verdict };
}

type Asked = ServiceIdentity & Pick<Provider, 'application' | 'parameters'>;

export function isWithin(judge: JudgeScope | undefined, provider: Asked): boolean {
  return judge === undefined || judge(asAsked(provider)).kind === 'in-scope';
}

function asAsked(provider: Asked): ScopeSubject {
  const { application, interfaceName, group, version, parameters: metadata } = provider;
  const values = { application, interface: interfaceName, group, version, environment: metadata.get('environment') };
  const attributes = new Map<string, readonly string[]>();
  for (const [attribute, value] of Object.entries(values))
    if (value !== undefined && value !== '') attributes.set(attribute, [value]);
  return { metadata, attributes };
}

function unreadable(why: string): DecodedProvider {
  return { kind: 'unreadable', why };
}
