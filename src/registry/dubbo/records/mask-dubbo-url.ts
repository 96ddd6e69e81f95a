// SPDX-License-Identifier: Apache-2.0
// A Dubbo URL with its secrets masked and all else as it was written, encoded or not: whoever reads the masked one reads the same
// and misses the same.
import { type Masking, maskText } from '../../decoding/mask-secrets.ts';
import { decodePercent, parseDubboUrl } from './dubbo-url.ts';
import { USER_INFO } from './provider.ts';

const MASK = '***';
const SCHEME_END = /:\/\/|%3A%2F%2F/i;
const QUERY_START = /\?|%3F/i;
const PATH_START = /\/|%2F/i;
const USER_END = /@|%40/gi;
const PARAMETER_END = /([&;]|%26|%3B)/i;
const KEY_END = /=|%3D/i;

/** What is no URL is judged as a whole. */
export function maskDubboUrl(text: string, masking: Masking): string {
  const schemeEnd = SCHEME_END.exec(text);
  if (schemeEnd === null) return maskText('', text, masking);
  const [scheme, rest] = splitAt(text, schemeEnd.index + schemeEnd[0].length);
  const [address, query] = splitAt(rest, startOf(rest, QUERY_START));
  return `${scheme}${maskAddress(scheme, address, masking)}${maskQuery(query, masking)}`;
}

function maskAddress(scheme: string, address: string, { onMasked }: Masking): string {
  const [authority, path] = splitAt(address, startOf(address, PATH_START));
  if (address.search(USER_END) < 0) return address;
  const isReadable = parseDubboUrl(decodePercent(`${scheme}${address}`)).kind === 'url';
  const userEnd = [...authority.matchAll(USER_END)].at(-1);
  if (isReadable && userEnd === undefined) return address;
  onMasked(USER_INFO);
  // A password with a slash in it ends anywhere.
  if (!isReadable || userEnd === undefined) return `${MASK}:${MASK}`;
  return `${MASK}${authority.slice(userEnd.index)}${path}`;
}

/** Odd parts are what stands between parameters. */
function maskQuery(query: string, masking: Masking): string {
  const start = QUERY_START.exec(query)?.[0] ?? '';
  const parts = query.slice(start.length).split(PARAMETER_END);
  return `${start}${parts.map((part, index) => (index % 2 === 0 ? maskParameter(part, masking) : part)).join('')}`;
}

function maskParameter(part: string, masking: Masking): string {
  const keyEnd = KEY_END.exec(part);
  if (keyEnd === null) return part;
  const [key, rest] = splitAt(part, keyEnd.index);
  const value = decodePercent(rest.slice(keyEnd[0].length));
  const masked = maskText(decodePercent(key), value, masking);
  if (masked === value) return part;
  return `${key}${keyEnd[0]}${keyEnd[0] === '=' ? masked : encodeURIComponent(masked)}`;
}

/** Where `mark` begins, or the end. */
function startOf(text: string, mark: RegExp): number {
  const start = text.search(mark);
  return start < 0 ? text.length : start;
}

function splitAt(text: string, index: number): readonly [string, string] {
  return [text.slice(0, index), text.slice(index)];
}
