// SPDX-License-Identifier: Apache-2.0
// What the admin port can have done, in words of its own. Who may ask for it is decided in front (write-routes.ts).

export interface AdminActions {
  /** Ends a hold by hand. False: there is no hold of that name (any more). `by` is the address of who asked. */
  readonly release: (holdId: string, by: string) => boolean;
}
