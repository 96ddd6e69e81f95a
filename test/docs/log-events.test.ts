// docs/operations.md tells every event that the log can hold, at its level, and no other.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

/** `zookeeper.${state.kind}`, where the code does not spell them. */
const SESSION_EVENTS: readonly (readonly [event: string, level: string])[] = [
  ['zookeeper.connected', 'info'],
  ['zookeeper.reconnected', 'info'],
  ['zookeeper.suspended', 'warn'],
  ['zookeeper.lost', 'warn'],
];

test('the table of log events is what the program writes', () => {
  const written = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [
      ...readFileSync(join('src', name), 'utf8').matchAll(/log\.(info|warn|error)\(\s*'([a-z_]+\.[a-z_]+)'/g),
    ])
    .map(([, level = '', event = '']): readonly [string, string] => [event, level]);
  assert.ok(written.length > 20);
  const table = /^## Log events\n[\s\S]*?(?=^## )/m.exec(readFileSync('docs/operations.md', 'utf8'))?.[0] ?? '';
  const told = new Map(
    [...table.matchAll(/^\| (`[^|]+) \| ([^|]+) \|/gm)].flatMap(([, events = '', levels = '']) => {
      const each = levels.split(', ');
      return [...events.matchAll(/`([^`]+)`/g)].map(([, event = ''], at): [string, string] => [
        event,
        each[at] ?? each[0] ?? '',
      ]);
    }),
  );
  const all = [...written, ...SESSION_EVENTS];
  assert.deepEqual([...told.keys()].sort(), [...new Set(all.map(([event]) => event))].sort());
  for (const [event, level] of told)
    assert.ok(
      all.some(([name, at]) => name === event && at === level),
      `${event} at ${level}`,
    );
});
