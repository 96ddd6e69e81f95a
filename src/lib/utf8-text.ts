// SPDX-License-Identifier: Apache-2.0
// Bytes as text, where they are text: Node's own conversion puts a replacement character for what is not.

/** undefined where the bytes are no UTF-8. A byte order mark is left out. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
