// SPDX-License-Identifier: Apache-2.0
// The keys of the guard. Declarations alone.
import type { ConfigFields } from '../lib/config-field.ts';

export const guardFields = {
  removalDebounce: {
    doc: 'How long an instance that vanished is kept in case it comes back: delete-then-create flaps never show.',
    format: 'duration',
    default: '5s',
    reload: 'live',
  },
  removalShare: {
    doc: 'How much of a registry may be gone, of its services or of its instances, before the removal is held (`holdFor`). `100%`: only everything is too much.',
    format: 'percent',
    default: '30%',
    reload: 'live',
  },
  removalMinimum: {
    doc: 'Fewer services, or instances, than this are removed without a hold, whatever their share; everything is held even if it is less.',
    format: 'strict-int',
    default: 3,
    reload: 'live',
  },
  removalWindow: {
    doc: 'What is gone is measured against what was there between once and twice as long ago, so that losing a little with every read is noticed too.',
    format: 'duration',
    default: '5m',
    reload: 'live',
  },
  emptyGrace: {
    doc: 'How long a service keeps its entry, without endpoints, after its last instance left: callers get a fast 503 instead of an unknown name.',
    format: 'duration',
    default: '10m',
    reload: 'live',
  },
  drain: {
    outOfService: {
      doc: 'How long an instance that was up keeps its traffic after its registry calls it out of service: for callers that are to move away slowly. `0s`: it loses it with that read.',
      format: 'duration',
      default: '0s',
      reload: 'live',
    },
    down: {
      doc: 'The same where its registry calls it down, as one does whose own health check failed: a failure that is over before this time never shows. Meanwhile callers are sent to it.',
      format: 'duration',
      default: '0s',
      reload: 'live',
    },
    starting: {
      doc: 'The same where its registry calls it starting, as one does that was restarted under its old name.',
      format: 'duration',
      default: '0s',
      reload: 'live',
    },
  },
} as const satisfies ConfigFields;
