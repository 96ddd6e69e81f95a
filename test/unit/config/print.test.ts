import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { printConfig } from '../../../src/config/print.ts';
import { load, loaded, SMALLEST } from './samples.ts';

const FULL = `${SMALLEST}    scope: {include: [{app: [ORDERS, 'PAY-*'], metadata: {team: payments}}]}
    maxBytes: 1000
    region: "on"
hosts: {pay.example.com: [legacy/PAY]}
owner: {team: "a: b # c", annotations: {x/y: "123", z: "true"}}
coldStart: {bound: never}
admit: {ports: [80, 8000-9000]}
`;

describe('printing the effective configuration', () => {
  test('gives every key once, with its value and where it comes from', () => {
    const { settings } = loaded(FULL, { env: { FOOTBRIDGE_LOG_LEVEL: 'warn' }, flags: { 'serve.port': '1' } });
    const lines = printConfig(settings).split('\n');
    assert.equal(lines.filter((line) => line.includes(' # ') || line.includes('# password:')).length, settings.size);
    assert.ok(lines.includes('namespace: payments # footbridge.yaml:1'));
    assert.ok(lines.includes('  level: warn # environment FOOTBRIDGE_LOG_LEVEL'));
    assert.ok(lines.includes('  port: 1 # flag --serve.port'));
    assert.ok(lines.includes('  removalDebounce: 5s # default'));
    assert.ok(
      lines.includes('  hostSuffixes: [".payments.legacy","pay.example.com"] # derived from hostTemplate and hosts'),
    );
    assert.ok(lines.includes('    scope:'));
    assert.ok(lines.includes('  bound: never # footbridge.yaml:12'));
  });

  test('gives a file that loads to the same configuration', () => {
    const first = loaded(FULL, { env: { FOOTBRIDGE_EXPORT_TO: '.,a' }, flags: { 'owner.partOf': 'yes' } });
    const again = loaded(printConfig(first.settings));
    assert.deepEqual(again.config, first.config);
    assert.equal(load(printConfig(again.settings)).kind, 'ok');
  });
});
