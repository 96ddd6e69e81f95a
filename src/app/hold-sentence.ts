// SPDX-License-Identifier: Apache-2.0
// A hold as a sentence, for the page, the events and readiness.
import type { Hold } from '../guard/guarded.ts';
import { counted } from '../lib/counted.ts';
import { utcTime } from '../lib/utc-time.ts';

export function holdSentence({ registry, reason, services, instances, confirmableAtMs }: Hold): string {
  const until = utcTime(confirmableAtMs);
  switch (reason) {
    case 'everything-gone':
      return `Registry ${registry} lists nothing any more. What it listed (${counted(instances, 'instance')}) is held until a read after ${until} confirms that it is gone.`;
    case 'many-gone':
      return `Registry ${registry} lists much less than it did. What is gone (${counted(instances, 'instance')} of ${counted(services, 'service')}) is held until a read after ${until} confirms it.`;
    case 'empty-first-read':
      return `Registry ${registry} listed nothing when it was first read. Until a read after ${until} nobody is told that anything is missing.`;
  }
}
