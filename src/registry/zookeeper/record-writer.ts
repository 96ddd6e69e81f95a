// SPDX-License-Identifier: Apache-2.0
// Who wrote a record: Spring Cloud, Dubbo 3 and anybody with Curator register in one tree, often below the same root, and the
// class of the payload tells them apart.
import { objectOf } from '../../lib/json-value.ts';
import type { CuratorInstance } from './curator.ts';

export type RecordWriter = 'spring' | 'dubbo' | 'other';

export function recordWriter({ payloadClass, payload }: CuratorInstance): RecordWriter {
  // The order counts: Dubbo Spring Cloud registers Spring's class with metadata of Dubbo, and it is an HTTP application.
  if (payloadClass.startsWith('org.springframework.cloud.zookeeper.')) return 'spring';
  if (payloadClass.startsWith('org.apache.dubbo.')) return 'dubbo';
  const metadata = objectOf(payload['metadata']) ?? {};
  return Object.keys(metadata).some((key) => key.startsWith('dubbo.')) ? 'dubbo' : 'other';
}
