// SPDX-License-Identifier: Apache-2.0
// Whether a path says what it said before: a re-read that brings nothing new is no change for anyone.
import { sameItems } from '../../../lib/same-objects.ts';
import type { NodeContent } from '../tree-plan.ts';

export function sameContent(a: NodeContent, b: NodeContent): boolean {
  switch (a.kind) {
    case 'children':
      return b.kind === 'children' && sameItems(a.names, b.names);
    case 'data':
      return b.kind === 'data' && a.data.equals(b.data);
    case 'missing':
      return b.kind === 'missing';
  }
}
