// What strangers write where something sensible is due.
import fc from 'fast-check';

/** Keys that objects of the language inherit, beside plain ones. */
export const ODD_KEYS: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'toJSON',
  'then',
  'length',
  '',
  ' ',
  '0',
  '@class',
  'password',
  'name',
  'é',
];

export const ODD_TEXTS: readonly string[] = [
  ...ODD_KEYS,
  '\u0000',
  '\n',
  '\r\n',
  '\t',
  '\ufeff',
  '\ud800',
  '\u{1f9ea}',
  '%',
  '%2',
  '%zz',
  '%ff%fe',
  '%00',
  '+',
  '://',
  'dubbo://',
  '[::1]:80',
  '[',
  '::',
  'fe80::1%en0',
  '0.0.0.0',
  '127.0.0.1',
  '999999999999999999999',
  '-1',
  '1e999',
  'NaN',
  '0x10',
  'true',
  'null',
  '*',
  '.',
  '..',
  '/',
  '//',
  ',',
  '{{service}}',
  '$(id)',
  'http://user:hunter2@host/',
  '***',
];

/** JSON as it may stand in a text, not all of it sound. */
export const ODD_JSON: readonly string[] = [
  'null',
  'true',
  '0',
  '-0',
  '1e999',
  '-1.5',
  '123456789012345678901234567890',
  '""',
  '[]',
  '{}',
  '[[]]',
  '[null]',
  '{"__proto__":{"polluted":1}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  '{"toString":1,"valueOf":1}',
  '"\\ud800"',
  '"\\u0000"',
];

/** Neither JSON nor anything else. */
export const BROKEN_JSON: readonly string[] = ['', '{', '[', '"', 'NaN', '\u0000', ',', 'undefined'];

export const oddText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...ODD_TEXTS),
  fc.string({ maxLength: 12 }),
  fc.array(fc.nat({ max: 0x10ffff }), { maxLength: 6 }).map((points) => String.fromCodePoint(...points)),
);
