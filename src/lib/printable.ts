// SPDX-License-Identifier: Apache-2.0
// Texts of strangers made fit to be shown. Whoever registers an instance or connects as a client chooses some of what ends
// up in logs, pages and terminals: none of it may write a second line, steer a terminal or fill a screen.

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** One line without control characters, of at most `longest` UTF-16 code units; what was cut ends with `…`. */
export function printable(text: string, longest = Number.POSITIVE_INFINITY): string {
  const cut = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return cut.replace(CONTROL, '\ufffd');
}
