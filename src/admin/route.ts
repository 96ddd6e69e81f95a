// SPDX-License-Identifier: Apache-2.0
// What one row of the table of routes is.
import type { Format } from '../lib/plain.ts';
import type { Reply } from './reply.ts';

export interface Route {
  readonly path: string;
  /** What one finds there, for the index; undefined: not listed. */
  readonly sentence?: string;
  /** Query parameters that it understands; any other one is answered with 400. */
  readonly parameters: readonly string[];
  /** What is sent when `format` is not given. */
  readonly format?: Format;
  /** Answered by whatever name it is asked for: programs ask for it, and it tells little. */
  readonly anyHost?: true;
  readonly reply: (query: Query) => Reply | Promise<Reply>;
}

export interface Query {
  readonly format: Format;
  /** undefined where it is not given or empty. */
  readonly get: (parameter: string) => string | undefined;
}
