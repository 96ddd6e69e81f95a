import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentOf } from '../../../../src/registry/eureka/answer.ts';
import { ReadFailure } from '../../../../src/registry/eureka/read-failure.ts';
import { parseServer } from '../../../../src/registry/eureka/server.ts';

const server = parseServer('http://eureka.example:8761/eureka/');

const cases: [status: number, text: string, code: string][] = [
  [401, '', 'EUREKA_UNAUTHORIZED'],
  [403, '', 'EUREKA_FORBIDDEN'],
  [404, '', 'EUREKA_NOT_FOUND'],
  [302, '', 'EUREKA_REDIRECTED'],
  [307, '', 'EUREKA_REDIRECTED'],
  [429, '', 'EUREKA_SERVER_ERROR'],
  [500, '', 'EUREKA_SERVER_ERROR'],
  [503, '', 'EUREKA_SERVER_ERROR'],
  [204, '', 'EUREKA_UNEXPECTED_STATUS'],
  [206, '', 'EUREKA_UNEXPECTED_STATUS'],
  [406, '', 'EUREKA_UNEXPECTED_STATUS'],
  [200, '', 'EUREKA_NOT_JSON'],
  [200, ' \n', 'EUREKA_NOT_JSON'],
  [200, '{"applications":{', 'EUREKA_NOT_JSON'],
  [200, '<!DOCTYPE html><html></html>', 'EUREKA_NOT_JSON'],
  [200, '<?xml version="1.0"?><!DOCTYPE html>', 'EUREKA_NOT_JSON'],
  [200, '<?xml version="1.0"?><applications/>', 'EUREKA_XML'],
  [200, '\n<applications><versions__delta>1</versions__delta></applications>', 'EUREKA_XML'],
  [200, '<application/>', 'EUREKA_XML'],
];
for (const [status, text, code] of cases) {
  test(`status ${status} with ${JSON.stringify(text)} is ${code}, told with the server and what to do`, () => {
    assert.throws(
      () => documentOf({ status, text }, server),
      (failure) => {
        assert.ok(failure instanceof ReadFailure);
        assert.equal(failure.code, code);
        assert.match(failure.message, /^http:\/\/eureka\.example:8761\/eureka answered .*\. .*\.$/);
        return true;
      },
    );
  });
}

test('JSON of a 200 is the document, null included', () => {
  assert.deepEqual(documentOf({ status: 200, text: '{"a":1}' }, server), { a: 1 });
  assert.equal(documentOf({ status: 200, text: 'null' }, server), null);
});
