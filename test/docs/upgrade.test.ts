// docs/upgrade.md says of each key that is part of names what a change of it moves in the mesh. Here one service is converted before
// and after such a change, and the table has to name what moved, no less and no more.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { createConverter } from '../../src/convert/convert.ts';
import type { Entry } from '../../src/convert/entry.ts';
import type { ConvertOptions } from '../../src/convert/options.ts';
import { allCold, convertOptions, DEFAULT_PORTS } from '../fakes/convert-values.ts';
import { aService, servicesOf } from '../fakes/model-values.ts';

interface Bridge {
  readonly registry: string;
  readonly options: ConvertOptions;
}

const BEFORE: Bridge = { registry: 'legacy', options: convertOptions() };

/** Key in the table → the bridge with another value of it. */
const AFTER: Readonly<Record<string, Bridge>> = {
  'registries.<name>': { ...BEFORE, registry: 'other' },
  namespace: { ...BEFORE, options: convertOptions({ namespace: 'store' }) },
  hostTemplate: { ...BEFORE, options: convertOptions({ hostTemplate: '{service}.shop.example' }) },
  instance: { ...BEFORE, options: convertOptions({ instance: 'other' }) },
  labelPrefix: { ...BEFORE, options: convertOptions({ labelPrefix: 'shop.example' }) },
  'virtualIps.range': {
    ...BEFORE,
    options: convertOptions({ virtualIps: { enabled: true, range: '242.0.0.0/8', rangeV6: undefined } }),
  },
  'ports.numbers': {
    ...BEFORE,
    options: convertOptions({ ports: { ...DEFAULT_PORTS, numbers: { ...DEFAULT_PORTS.numbers, http: 8000 } } }),
  },
};

/** In the words of the table. */
const PARTS: Readonly<Record<string, (entry: Entry) => unknown>> = {
  host: ({ spec }) => spec.hosts,
  'resource name': ({ name }) => name,
  'virtual IP': ({ spec }) => spec.addresses,
  'service port': ({ spec }) => spec.ports.map(({ number }) => number),
};

describe('what the table of docs/upgrade.md says that a change moves', () => {
  const rows = tableRows();

  test('is said of every key that this test changes', () => {
    assert.deepEqual([...rows.keys()].sort(), Object.keys(AFTER).sort());
  });

  for (const [key, text] of rows)
    test(`is what it moves: ${key}`, () => {
      const [before, after] = [entryOf(BEFORE), entryOf(AFTER[key] ?? BEFORE)];
      for (const [word, part] of Object.entries(PARTS)) {
        const moves = JSON.stringify(part(before)) !== JSON.stringify(part(after));
        assert.equal(text.includes(word), moves, `${key} ${moves ? 'moves' : 'leaves'} the ${word}: ${text}`);
      }
    });
});

function entryOf({ registry, options }: Bridge): Entry {
  const services = servicesOf(aService('ORDERS', undefined, registry));
  const [converted] = createConverter(options).convert({ services, seniority: allCold(services) });
  assert.ok(converted?.entry);
  return converted.entry;
}

/** Key → what its row says. A row may be of several keys. */
function tableRows(): ReadonlyMap<string, string> {
  const page = readFileSync('docs/upgrade.md', 'utf8');
  const [, table = ''] = /\n\| key \|[^\n]*\n\|[-|]+\n((?:\|[^\n]*\n)+)/.exec(page) ?? [];
  return new Map(
    table
      .trim()
      .split('\n')
      .flatMap((row) => {
        const [, keys = '', text = ''] = row.split('|');
        return [...keys.matchAll(/`([^`]+)`/g)].map(([, key = '']) => [key, text.trim()] as const);
      }),
  );
}
