import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeCurator } from '../../../../src/registry/zookeeper/curator.ts';
import { type RecordWriter, recordWriter } from '../../../../src/registry/zookeeper/record-writer.ts';
import { curatorRecord, DUBBO_CLASS, dubboRecord, SPRING_CLASS, springRecord } from '../../../fakes/curator-records.ts';

describe('a record is of', () => {
  const withPayload = (payload: unknown) => curatorRecord({ payload });
  const cases: [what: string, record: string, expected: RecordWriter][] = [
    ['Spring Cloud', springRecord(), 'spring'],
    ['Spring Cloud with a wrapped payload', withPayload([SPRING_CLASS, { metadata: {} }]), 'spring'],
    ['Spring Cloud with metadata of Dubbo', springRecord({}, { 'dubbo.metadata-service.urls': '[]' }), 'spring'],
    ['Dubbo', dubboRecord(), 'dubbo'],
    ['Dubbo with a wrapped payload', withPayload([DUBBO_CLASS, { metadata: {} }]), 'dubbo'],
    ['Dubbo by its metadata alone', withPayload({ metadata: { 'dubbo.endpoints': '[]' } }), 'dubbo'],
    ['somebody who writes no payload', withPayload(null), 'other'],
    ['somebody who writes a text', withPayload('v1'), 'other'],
    ['somebody with a class of his own', withPayload({ '@class': 'com.acme.Details' }), 'other'],
    ['somebody whose class looks alike', withPayload({ '@class': `com.acme.${SPRING_CLASS}` }), 'other'],
    ['somebody whose metadata is no object', withPayload({ metadata: ['dubbo.endpoints'] }), 'other'],
  ];
  for (const [what, record, expected] of cases) {
    test(what, () => {
      const decoded = decodeCurator(Buffer.from(record));
      assert.equal(decoded && recordWriter(decoded), expected);
    });
  }
});
