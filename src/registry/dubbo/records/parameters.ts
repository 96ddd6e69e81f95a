// SPDX-License-Identifier: Apache-2.0
// Which parameters of a provider are kept. What every registration sets anew would make each one a change, what is said of
// single methods is of no use here and most of the text, and secrets end here.
import { compareTexts } from '../../../lib/compare-texts.ts';
import { type JsonObject, textOf } from '../../../lib/json-value.ts';
import { holdsSecret } from '../../decoding/mask-secrets.ts';
import { compileSecrets, type IsSecret } from '../../decoding/secrets.ts';
import { NO_VERSION } from './service-identity.ts';

export interface KeptParameters {
  readonly parameters: ReadonlyMap<string, string>;
  /** Keys, never values; sorted. */
  readonly droppedSecrets: readonly string[];
}

/** Beside the words of compileSecrets: in a Dubbo URL a user name is half of a credential. */
const DUBBO_SECRETS = ['username', 'user.name'];

export function compileDubboSecrets(globs: readonly string[]): IsSecret {
  return compileSecrets([...DUBBO_SECRETS, ...globs]);
}

/** Of the process or its machine. Since 2.7 providers leave most of them out. */
const VOLATILE: ReadonlySet<string> = new Set([
  'timestamp',
  'pid',
  'bind.ip',
  'bind.port',
  'anyhost',
  'accept.foreign.ip',
  'monitor',
  'validation',
  'interfaces',
  'REGISTRY_CLUSTER',
  'threads',
  'threadpool',
  'threadname',
  'corethreads',
  'iothreads',
  'queues',
  'alive',
]);

const METHODS = 'methods';
const TAG = 'tag';
const DUBBO_TAG = 'dubbo.tag';

/** The tag is `dubbo.tag` for some releases and `tag` for others: here it is always `tag` too. */
export function keepParameters(given: ReadonlyMap<string, string>, isSecret: IsSecret): KeptParameters {
  const methods = new Set(given.get(METHODS)?.split(','));
  const parameters = new Map<string, string>();
  const droppedSecrets: string[] = [];
  for (const [key, value] of given) {
    if (isVolatile(key) || isOfMethod(key, methods) || isNoVersion(key, value)) continue;
    if (isSecret(key, value) || holdsSecret(value, isSecret)) droppedSecrets.push(key);
    else parameters.set(key, value);
  }
  const tag = parameters.get(DUBBO_TAG);
  if (tag !== undefined && !parameters.has(TAG)) parameters.set(TAG, tag);
  return { parameters, droppedSecrets: droppedSecrets.sort(compareTexts) };
}

/** Keys with a dot before them are Dubbo's own, and newer writers hide them. */
function isVolatile(key: string): boolean {
  return VOLATILE.has(key) || key.startsWith('qos.') || key.startsWith('.');
}

function isOfMethod(key: string, methods: ReadonlySet<string>): boolean {
  const dot = key.indexOf('.');
  return key === METHODS || (dot > 0 && methods.has(key.slice(0, dot)));
}

/** Left out, so that nothing downstream shows it as the version that it denies. */
function isNoVersion(key: string, value: string): boolean {
  return key === 'version' && value === NO_VERSION;
}

/** As Dubbo reads flags: what is missing or empty is `otherwise`, and whatever is not `true` is false. */
export function flagOf(text: string | undefined, otherwise: boolean): boolean {
  return text === undefined || text === '' ? otherwise : text.toLowerCase() === 'true';
}

/** The members of a JSON object that are scalars, as text. */
export function scalarsOf(object: JsonObject): ReadonlyMap<string, string> {
  const scalars = new Map<string, string>();
  for (const [key, value] of Object.entries(object)) {
    const text = typeof value === 'string' ? value : textOf(value);
    if (text !== undefined) scalars.set(key, text);
  }
  return scalars;
}
