import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { registeredAddress } from '../../../../src/registry/decoding/registered-address.ts';

describe('the address of a registration', () => {
  const cases: [what: string, texts: (string | undefined)[], expected: string | undefined][] = [
    ['is the first that is one', [undefined, '', 'unknown', '10.0.0.1', '10.0.0.2'], '10.0.0.1'],
    ['stands without brackets', ['[fd00::1]'], 'fd00::1'],
    ['is none where nobody knows one', ['0.0.0.0', '::', 'NULL'], undefined],
    ['is none where a credential stands before it', ['root:hunter2@10.0.0.1'], undefined],
  ];
  for (const [what, texts, expected] of cases) test(what, () => assert.equal(registeredAddress(...texts), expected));
});
