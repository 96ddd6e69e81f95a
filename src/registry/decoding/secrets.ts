// SPDX-License-Identifier: Apache-2.0
// Which metadata looks like a secret, for every kind of registry. It is dropped while decoding, so that no later stage,
// page, file or log can show it.
import { compileGlobs } from '../../lib/globs.ts';

/** Found anywhere in a key, compared in lower case without `-`, `_`, `.` and blanks (`api-key`, `API_KEY`, `apiKey`). */
const SECRET_WORDS = [
  'password',
  'passwd',
  'passphrase',
  'pwd',
  'secret',
  'token',
  'credential',
  'authorization',
  'apikey',
  'accesskey',
  'privatekey',
  'signingkey',
  'encryptionkey',
  'connectionstring',
];

/** `scheme://user:password@host`: a secret under a harmless name. */
const URL_WITH_PASSWORD = /:\/\/[^\s/:@]{0,256}:[^\s/@]{1,256}@/;
/**
 * `?user=app&password=…`, `;Password=…`, `password: …`, `(token = …)`: how JDBC, web hooks and notes carry theirs. Each place is
 * looked at once, for what comes before the word is bounded. Into a text that is JSON mask-secrets.ts looks.
 */
const SECRET_PARAMETER =
  /(?:^|[?&;,('\s])[\w.-]{0,64}?(?:password|passwd|passphrase|pwd|secret|token|credential|authorization|(?:api|access|private|signing|encryption)[-_.]?key|connection[-_.]?string)(?:=|\s=\s|:\s)[^&;,\s]/i;
/** What stands in a header. `a:b@c` is no such sign: instances are called so. */
const HEADER_CREDENTIALS = /^bearer\s+\S|^basic\s+(?=\S*[0-9=+/])[\w+/=]{8,}$/i;
const LONGEST_URL_SEARCHED = 4096;
const MOST_KEYS_REMEMBERED = 4096;

export type IsSecret = (key: string, value: string) => boolean;

/** `globs` are further keys, without regard to case. */
export function compileSecrets(globs: readonly string[]): IsSecret {
  const matchesGlob = compileGlobs(globs);
  // Thousands of instances register the same few keys.
  const known = new Map<string, boolean>();
  return (key, value) => {
    let secret = known.get(key);
    if (secret === undefined) {
      secret = hasSecretWord(key) || matchesGlob(key);
      if (known.size >= MOST_KEYS_REMEMBERED) known.clear();
      known.set(key, secret);
    }
    return secret || hasSecretInside(value.slice(0, LONGEST_URL_SEARCHED));
  };
}

function hasSecretInside(value: string): boolean {
  return (
    (value.includes('@') && URL_WITH_PASSWORD.test(value)) ||
    SECRET_PARAMETER.test(value) ||
    HEADER_CREDENTIALS.test(value)
  );
}

function hasSecretWord(key: string): boolean {
  const plain = key.toLowerCase().replace(/[-_.\s]/g, '');
  return SECRET_WORDS.some((word) => plain.includes(word));
}
