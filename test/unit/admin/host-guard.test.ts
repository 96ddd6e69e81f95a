import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hostGuard } from '../../../src/admin/host-guard.ts';

describe('a Host header', () => {
  const isAnswered = hostGuard(['.corp.example', 'Bridge.example.']);

  for (const host of [
    '127.0.0.1:9903',
    '127.0.0.1',
    '10.1.2.3:9903',
    '[::1]:9903',
    '[2001:db8::1]',
    'localhost:9903',
    'LOCALHOST',
    'shop.localhost:9903',
    'footbridge:9903',
    'footbridge.payments.svc:9903',
    'footbridge.payments.svc.cluster.local',
    'footbridge.payments.svc.cluster.local.',
    'pages.corp.example:443',
    'bridge.example',
  ]) {
    test(`${host} is answered`, () => assert.equal(isAnswered(host), true));
  }

  for (const host of [
    'rebound.example:9903',
    'localhost.rebound.example',
    '127.0.0.1.rebound.example',
    'x.svc.rebound.example',
    'evilcluster.local',
    'corp.example',
    'evilcorp.example',
    'sub.bridge.example',
    '',
    ':9903',
    undefined,
  ]) {
    test(`${host} is not`, () => assert.equal(isAnswered(host), false));
  }
});
