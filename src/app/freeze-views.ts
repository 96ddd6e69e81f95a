// SPDX-License-Identifier: Apache-2.0
// The freezes as the admin pages show them.
import type { FreezeView } from '../admin/overview.ts';
import type { Freeze, Guarded } from '../guard/guarded.ts';
import { targetText } from '../model/freeze-order.ts';
import { serviceKey } from '../model/service.ts';
import { freezeSentence } from './freeze-sentence.ts';

export function freezeViews(guarded: Pick<Guarded, 'freezes' | 'services'> | undefined): readonly FreezeView[] {
  return (guarded?.freezes ?? []).map((freeze) => freezeView(freeze, guarded?.services ?? new Map()));
}

export function freezeView(freeze: Freeze, services: Guarded['services']): FreezeView {
  const { id, target, reason, sinceMs, untilMs, origin } = freeze;
  const text = targetText(target);
  return {
    id,
    target: text,
    reason,
    sinceMs,
    untilMs,
    origin,
    services: servicesOf(freeze, services),
    sentence: freezeSentence(freeze),
  };
}

function servicesOf({ target }: Freeze, services: Guarded['services']): number {
  if (target.kind === 'all') return services.size;
  if (target.kind === 'service') return services.has(serviceKey(target.registry, target.service)) ? 1 : 0;
  let count = 0;
  for (const { registry } of services.values()) if (registry === target.registry) count++;
  return count;
}
