// SPDX-License-Identifier: Apache-2.0
// The URLs that Dubbo writes as names of nodes: providers, consumers and overrides all have this one form. Tolerant, because
// writers of fifteen years are still running; linear in the length of the text, because they are strangers.
import { isIp } from '../../../lib/ip.ts';

export interface DubboUrl {
  /** In lower case. */
  readonly protocol: string;
  /** Without the brackets of an IPv6 literal, with its zone; '' where there is none. */
  readonly host: string;
  readonly port: number | undefined;
  /** Without the slash before it. */
  readonly path: string;
  /** A Map: keys come from strangers (`__proto__`). Secrets are still in it. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Whether it named a user; who that is ends here. */
  readonly hasUserInfo: boolean;
}

export type ParsedUrl =
  | { readonly kind: 'url'; readonly url: DubboUrl }
  /** `why` goes with "it": a sentence of our own words, because the text may hold secrets. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** The URL behind a node's name; never throws. */
export function decodeDubboUrl(nodeName: string): ParsedUrl {
  return parseDubboUrl(decodePercent(nodeName));
}

/** Java's form encoding: `+` is a space, `%xx` in either case is a byte of UTF-8. What is no such sequence stays as it is. */
export function decodePercent(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());
  }
}

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;

/** `protocol://[user:password@]host[:port]/path?key=value&…`, nothing in it encoded any more. */
export function parseDubboUrl(text: string): ParsedUrl {
  const protocol = SCHEME.exec(text)?.[1];
  if (protocol === undefined) return unreadable('it is no URL');
  const [address, query] = cut(text.slice(protocol.length + '://'.length), '?');
  const [authority, path] = cut(address, '/');
  const at = authority.lastIndexOf('@');
  const place = readPlace(authority.slice(at + 1));
  if (place === undefined) return unreadable('its host and port cannot be told');
  const parameters = readParameters(query);
  return { kind: 'url', url: { protocol: protocol.toLowerCase(), ...place, path, parameters, hasUserInfo: at >= 0 } };
}

interface Place {
  readonly host: string;
  readonly port: number | undefined;
}

const PORT = /^[0-9]{1,9}$/;
const BRACKETED = /^\[([^[\]]*)\](?::([^:]*))?$/;

function readPlace(text: string): Place | undefined {
  if (text.startsWith('[')) {
    const [, host, port = ''] = BRACKETED.exec(text) ?? [];
    return host === undefined ? undefined : placeOf(host, port);
  }
  // Old writers put no brackets around an IPv6 address; its zone (`%en0`) may hold no colon.
  const colon = text.lastIndexOf(':');
  if (colon < text.lastIndexOf('%') || colon < 0) return { host: text, port: undefined };
  const host = text.slice(0, colon);
  if (!host.includes(':') || isIp(host)) return placeOf(host, text.slice(colon + 1));
  return isIp(text) ? { host: text, port: undefined } : undefined;
}

function placeOf(host: string, port: string): Place | undefined {
  if (port === '') return { host, port: undefined };
  return PORT.test(port) ? { host, port: Number(port) } : undefined;
}

const DEFAULT = 'default.';

/**
 * Between `&` or `;`. Of two with one key the last counts, a key without `=` is its own value, and `default.x`, which Dubbo wrote
 * until 2.6, stands in for `x`: all as in Dubbo's own reader.
 */
function readParameters(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  const defaults = new Map<string, string>();
  for (const part of query.split(/[&;]/)) {
    const equals = part.indexOf('=');
    const key = equals < 0 ? part : part.slice(0, equals);
    const value = part.slice(equals + 1);
    if (key.startsWith(DEFAULT) && key !== DEFAULT) defaults.set(key.slice(DEFAULT.length), value);
    else if (key !== '') parameters.set(key, value);
  }
  for (const [key, value] of defaults) if ((parameters.get(key) ?? '') === '') parameters.set(key, value);
  return parameters;
}

/** What stands before and behind the first `mark`; all of it and '' where there is none. */
function cut(text: string, mark: string): readonly [before: string, behind: string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function unreadable(why: string): ParsedUrl {
  return { kind: 'unreadable', why };
}
