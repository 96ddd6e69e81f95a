// SPDX-License-Identifier: Apache-2.0
// The address of a port that answers pages, as a person writes it on the command line.
import { InvalidArgumentError } from 'commander';

/**
 * A base URL; `host:port` will do, which is http. A parser for an option: throws InvalidArgumentError, and `example` ends its
 * sentence.
 */
export function pageUrl(text: string, example: string): URL {
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new InvalidArgumentError(`It must be a URL or HOST:PORT, for example ${example}.`);
  return url;
}
