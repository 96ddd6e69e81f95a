import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseServer } from '../../../../src/registry/eureka/server.ts';

const cases: [url: string, name: string, appsPath: string][] = [
  ['http://eureka-1:8761/eureka', 'http://eureka-1:8761/eureka', '/eureka/apps'],
  ['http://eureka-1:8761/eureka/', 'http://eureka-1:8761/eureka', '/eureka/apps'],
  ['https://e/ctx/eureka/v2//', 'https://e/ctx/eureka/v2', '/ctx/eureka/v2/apps'],
  ['http://e', 'http://e', '/apps'],
  ['http://e/eureka?x=hunter2', 'http://e/eureka', '/eureka/apps'],
  ['http://[2001:db8::1]:8761/eureka', 'http://[2001:db8::1]:8761/eureka', '/eureka/apps'],
];
for (const [url, name, appsPath] of cases) {
  test(`${url} lists its applications at ${appsPath}`, () => {
    const server = parseServer(url);
    assert.deepEqual([server.name, server.appsPath], [name, appsPath]);
  });
}

test('credentials in a URL are taken out of it, and decoded', () => {
  const server = parseServer('https://us%40er:p%3Aw%zz@e/eureka');
  assert.deepEqual(server.user, { name: 'us@er', password: 'p%3Aw%zz' });
  assert.equal(server.name, 'https://e/eureka');
});
