// SPDX-License-Identifier: Apache-2.0
// What one node of a directory is to the service: an instance of it, a record of somebody else, or nothing.
import { decodeCurator } from '../zookeeper/curator.ts';
import { recordWriter } from '../zookeeper/record-writer.ts';
import type { NodeContent } from '../zookeeper/tree-plan.ts';
import type { Member } from './service-members.ts';
import type { NodeRole, SpringPlan } from './spring-plan.ts';
import { type InstanceRules, toRegistration } from './to-registration.ts';

/** undefined: it does not count for the service. */
export function toMember(
  role: NodeRole,
  content: NodeContent | undefined,
  plan: SpringPlan,
  rules: InstanceRules,
): Member | undefined {
  if (content?.kind !== 'data') return undefined;
  const record = decodeCurator(content.data);
  if (record === undefined) return withoutRecord(role, content, plan);
  switch (recordWriter(record)) {
    case 'spring':
      return { kind: 'registration', registration: toRegistration(record, role, rules) };
    case 'dubbo':
      return undefined;
    case 'other':
      // A directory outside the scope is read only on the way to others: what stands in it is nobody's business here.
      return plan.mayBeInScope(role.service) ? { kind: 'foreign', payloadClass: record.payloadClass } : undefined;
  }
}

function withoutRecord(role: NodeRole, content: NodeContent, plan: SpringPlan): Member | undefined {
  const { isTooDeep, leftAlone } = plan.outlook(role, content);
  if (isTooDeep) return { kind: 'too-deep' };
  return leftAlone.length > 0 ? { kind: 'left-alone' } : undefined;
}
