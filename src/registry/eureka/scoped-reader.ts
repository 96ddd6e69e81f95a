// SPDX-License-Identifier: Apache-2.0
// Reads what one scope asks for: the few applications that it names, else the whole list. It begins with nothing, because what
// another scope left out was not kept.

import { compileSecrets } from '../decoding/secrets.ts';
import type { RegistryContext } from '../kind.ts';
import { judgeScope, type ScopeOptions } from '../scope.ts';
import { ApplicationReader } from './application-reader.ts';
import type { Estate } from './estate.ts';
import { EstateReader } from './estate-reader.ts';
import { exactNames } from './exact-names.ts';
import type { LibraryClient } from './library-client.ts';
import type { EurekaOptions } from './options.ts';
import type { ReadFailure } from './read-failure.ts';

/** What one poll brought: an estate, a failure, or both where only some applications answered. */
export interface Poll {
  readonly estate: Estate | undefined;
  readonly failure: ReadFailure | undefined;
  /** The applications that were asked for; undefined: all. */
  readonly askedFor: readonly string[] | undefined;
}

export class ScopedReader {
  readonly #whole: EstateReader;
  /** Present when the scope names few enough applications. */
  readonly #applications: ApplicationReader | undefined;

  constructor(
    client: LibraryClient,
    registry: string,
    options: EurekaOptions,
    scope: ScopeOptions,
    context: RegistryContext,
  ) {
    const isSecret = compileSecrets(options.secretKeys);
    const decoding = { rules: { ...options, registry, judge: judgeScope(scope) }, isSecret };
    // Reads of single applications never include remote regions.
    const names = options.regions.length === 0 ? exactNames(scope, options.maxAppReads) : undefined;
    this.#whole = new EstateReader(client, { ...options, ...decoding }, context);
    this.#applications = names === undefined ? undefined : new ApplicationReader(names, client, decoding, context);
  }

  /** `anew`: in full, and of the next server first. Rejects with a ReadFailure when nothing at all was told. */
  read(anew = false): Promise<Poll> {
    return this.#applications === undefined ? this.#readWhole(anew) : this.#readApplications(this.#applications, anew);
  }

  async #readWhole(anew: boolean): Promise<Poll> {
    return { estate: await this.#whole.read(anew), failure: undefined, askedFor: undefined };
  }

  async #readApplications(reader: ApplicationReader, anew: boolean): Promise<Poll> {
    const read = await reader.read(anew);
    const askedFor = reader.names;
    switch (read.kind) {
      case 'complete':
        return { estate: read.estate, failure: undefined, askedFor };
      case 'partial':
        return { estate: read.estate, failure: read.failure, askedFor };
      case 'failed':
        return { estate: undefined, failure: read.failure, askedFor };
      case 'none-found': {
        const poll = await this.#readWhole(false);
        reader.forget();
        return poll;
      }
    }
  }
}
