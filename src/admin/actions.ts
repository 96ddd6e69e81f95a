// SPDX-License-Identifier: Apache-2.0
// What the admin port can have done, in words of its own. Who may ask for it is decided in front (write-routes.ts). `by` is the
// address of who asked.
import type { FreezeView } from './overview.ts';

export interface AdminActions {
  /** Ends a hold by hand. False: there is no hold of that name (any more). */
  readonly release: (holdId: string, by: string) => boolean;
  readonly freeze: (request: FreezeRequest, by: string) => FreezeOutcome;
  /** Ends a freeze by hand. `configured`: it stands in the configuration, and ends there. `unknown`: there is none (any more). */
  readonly thaw: (freezeId: string, by: string) => 'ended' | 'configured' | 'unknown';
}

/** As it was sent. */
export interface FreezeRequest {
  readonly target: string;
  readonly reason: string;
  readonly until: string | undefined;
}

export type FreezeOutcome =
  | { readonly kind: 'frozen'; readonly freeze: FreezeView }
  /** `why` is a sentence without its full stop. */
  | { readonly kind: 'refused'; readonly why: string };
