// SPDX-License-Identifier: Apache-2.0
// What the catalogue says of a problem.

/** What was lost because of it: the smallest unit that had to go. `none`: published all the same, but look at it. */
export type Loss = 'none' | 'label' | 'port' | 'endpoint' | 'instance' | 'service';

export type Stage = 'decode' | 'limit' | 'convert' | 'admit';

export interface CatalogueEntry {
  readonly stage: Stage;
  readonly loss: Loss;
  readonly sentence: string;
  readonly remedy: string;
}

export function entry(stage: Stage, loss: Loss, sentence: string, remedy: string): CatalogueEntry {
  return { stage, loss, sentence, remedy };
}
