import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listLink, listServices, ROWS_PER_PAGE, readListQuery } from '../../../src/admin/service-list.ts';
import type { ServiceRow } from '../../../src/admin/views.ts';
import { fakeRow } from '../../fakes/fake-views.ts';

const query = (address: string) => {
  const parameters = new URLSearchParams(address);
  return readListQuery((name) => parameters.get(name) || undefined);
};
const names = async (rows: readonly ServiceRow[], address: string) =>
  (await listServices(rows, query(address))).rows.map(({ name }) => name);

const ROWS = [
  fakeRow({ name: 'carts', host: 'carts.shop.legacy', virtualIps: ['241.0.0.7'] }),
  fakeRow({ name: 'ORDERS', registry: 'eureka', codes: ['WEIGHT_INVALID'] }),
  fakeRow({ name: 'refused', state: 'refused', codes: ['NO_PORTS'] }),
  fakeRow({ name: 'gone', state: 'grace', instances: [] }),
  fakeRow({ name: 'kept', state: 'held', instances: [{ id: 'Kept-1', address: '10.9.9.9', status: 'up' }] }),
  fakeRow({ name: 'left', state: 'skipped', codes: ['HOST_YIELDED'] }),
];

describe('the list of services', () => {
  test('begins with the worst: refused, held, in grace, left alone, then served ones with problems', async () => {
    assert.deepEqual(await names(ROWS, ''), ['refused', 'kept', 'gone', 'left', 'ORDERS', 'carts']);
    assert.deepEqual(await names(ROWS, 'sort=name'), ['ORDERS', 'carts', 'gone', 'kept', 'left', 'refused']);
  });

  for (const [what, address, found] of [
    ['a part of the name, in any case', 'filter=oRD', ['ORDERS']],
    ['the host', 'filter=shop.legacy', ['carts']],
    ['the virtual IP', 'filter=241.0.0.7', ['carts']],
    ['the registry', 'filter=eureka', ['ORDERS']],
    ['the code of a problem', 'filter=no_ports', ['refused']],
    ['the id of an instance', 'filter=kept-1', ['kept']],
    ['the address of an instance', 'filter=10.9.9', ['kept']],
    ['several words, each somewhere', 'filter=+carts++241+', ['carts']],
    ['a pattern for the whole name', 'filter=?a*s', ['carts']],
    ['a pattern for the whole host', 'filter=*.legacy', ['carts']],
    ['nothing that matches', 'filter=carts+orders', []],
    ['a state', 'state=held', ['kept']],
    ['having any problem', 'state=problems', ['refused', 'left', 'ORDERS']],
    ['one problem', 'problem=NO_PORTS', ['refused']],
    ['a state and words', 'state=refused&filter=carts', []],
  ] as const) {
    test(`finds ${what}`, async () => assert.deepEqual(await names(ROWS, address), found));
  }

  test('understands what it can of an address, and takes the rest for not given', () => {
    const asked = query('state=nonsense&sort=nonsense&page=-3&filter=++x+');
    assert.deepEqual(asked, { filter: 'x', state: undefined, problem: undefined, sort: 'worst', page: 1 });
    for (const page of ['0', '1.5', 'x', '1e400', '']) assert.equal(query(`page=${page}`).page, 1);
    assert.equal(query(`filter=${'x'.repeat(5000)}`).filter.length, 200);
  });

  test('comes in pages, counts all that match and knows its last page', async () => {
    const rows = Array.from({ length: 2 * ROWS_PER_PAGE + 1 }, (_, at) => fakeRow({ name: `s${1000 + at}` }));
    const first = await listServices(rows, query(''));
    assert.deepEqual([first.rows.length, first.matching, first.page, first.pages], [ROWS_PER_PAGE, 201, 1, 3]);
    const beyond = await listServices(rows, query('page=99'));
    assert.deepEqual([beyond.rows.length, beyond.page], [1, 3]);
    const none = await listServices([], query('page=2'));
    assert.deepEqual([none.rows.length, none.page, none.pages, none.total], [0, 1, 1, 0]);
  });

  test('leaves the event loop alone between pieces', async () => {
    const rows = Array.from({ length: 5000 }, (_, at) => fakeRow({ name: `s${at}` }));
    let turns = 0;
    let isListing = true;
    const count = () => {
      turns++;
      if (isListing) setImmediate(count);
    };
    setImmediate(count);
    await listServices(rows, query('filter=s'));
    isListing = false;
    assert.ok(turns >= 3, `${turns} turns`);
  });

  test('counts states over all services, whatever the filter', async () => {
    const { states, total } = await listServices(ROWS, query('filter=carts'));
    assert.deepEqual([states.get('refused'), states.get('served'), total], [1, 2, 6]);
  });
});

describe('a link of the list', () => {
  test('keeps what was asked for, begins at the first page, and reads back', () => {
    const asked = query('filter=a%26b+%23&state=refused&problem=NO_PORTS&sort=name&page=3');
    assert.equal(listLink(asked, {}), '/?filter=a%26b%20%23&state=refused&problem=NO_PORTS&sort=name#services');
    const link = listLink(asked, { page: 2 });
    assert.deepEqual(query(link.slice(2, link.indexOf('#services'))), { ...asked, page: 2 });
    assert.equal(listLink(query(''), { problem: undefined }), '/#services');
  });
});
