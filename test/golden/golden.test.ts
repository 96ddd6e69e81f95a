// Hosts, names, ports, virtual IPs, labels and bytes are a public contract: what stands in these folders stays. After a change
// that is meant, `npm run golden:update` writes the files anew; read the difference as the people who upgrade will.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { validateEntry } from '../../src/convert/validate.ts';
import { CASES, goldenCaseNames, loadGoldenCase, runGoldenCase } from './golden-case.ts';

const update = process.env['UPDATE_GOLDEN'] === '1';

describe('golden cases: conversion gives what it always gave', () => {
  for (const name of goldenCaseNames()) {
    test(name.replaceAll('-', ' '), () => {
      const { entries, files } = runGoldenCase(loadGoldenCase(name));
      for (const { spec } of entries) assert.deepEqual(validateEntry(spec), []);
      for (const [file, content] of files) {
        const path = join(CASES, name, file);
        if (update) writeFileSync(path, content);
        else assert.equal(content, readFileSync(path, 'utf8'), `${name}/${file}`);
      }
    });
  }
});
