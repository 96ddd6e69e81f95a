// Where our verdict on a ServiceEntry and Istio's differ on purpose. A difference that no row explains fails the comparison, and
// so does a row that no generated entry needs.
import type { ServiceEntrySpec } from '../../src/convert/entry.ts';

export interface OracleDifference {
  readonly reason: string;
  readonly istio: 'accepts' | 'refuses';
  readonly appliesTo: (spec: ServiceEntrySpec) => boolean;
}

export const ORACLE_DIFFERENCES: readonly OracleDifference[] = [
  {
    reason: 'DYNAMIC_DNS came with Istio 1.29, every older istiod refuses it, and no rule of conversion gives it',
    istio: 'accepts',
    appliesTo: ({ resolution }) => (resolution as string) === 'DYNAMIC_DNS',
  },
];
