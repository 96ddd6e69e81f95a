// SPDX-License-Identifier: Apache-2.0
// The body of a request to freeze something, read strictly: a key that is misspelt must not leave an end out. Pure.
import { objectOf, parsedJson } from '../lib/json-value.ts';
import type { FreezeRequest } from './actions.ts';

const KEYS = ['target', 'reason', 'until'];

/** A text says what is wrong with it, without repeating it. */
export function freezeRequest(body: string): FreezeRequest | string {
  const sent = objectOf(parsedJson(body));
  if (sent === undefined || Object.keys(sent).some((key) => !KEYS.includes(key)))
    return 'send JSON: an object with `target`, `reason` and, if it shall end by itself, `until`';
  const { target, reason, until } = sent;
  if (typeof target !== 'string') return '`target` must be a text';
  if (typeof reason !== 'string') return '`reason` must be a text: why, for whoever finds it';
  if (until !== undefined && typeof until !== 'string') return '`until` must be a text such as `2026-12-01T12:00:00Z`';
  return { target, reason, until };
}
