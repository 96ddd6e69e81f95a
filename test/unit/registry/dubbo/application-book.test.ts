import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ApplicationBook } from '../../../../src/registry/dubbo/application-book.ts';
import { DecodedNodes } from '../../../../src/registry/dubbo/decoded-nodes.ts';
import { compileDubboSecrets } from '../../../../src/registry/dubbo/records/parameters.ts';
import { FOO, foo } from './dubbo-fixtures.ts';

const ORDERS = foo('dubbo://10.0.0.1:1');
const CARTS = foo('dubbo://10.0.0.2:1', { application: 'carts' });

describe('a directory of providers', () => {
  const nodes = () => new DecodedNodes({ judge: undefined, isSecret: compileDubboSecrets([]) });

  test('keeps the objects of nodes that stay', () => {
    const decoded = nodes();
    const [orders] = decoded.providers('/a', FOO, [ORDERS]).providers;
    assert.equal(decoded.providers('/a', FOO, [CARTS, ORDERS]).providers[1], orders);
  });

  test('is decoded once for one list of names', () => {
    const decoded = nodes();
    const names = [ORDERS];
    assert.equal(decoded.providers('/a', FOO, names), decoded.providers('/a', FOO, names));
  });

  test('concerns the applications of which something came, went or changed', () => {
    const decoded = nodes();
    const book = new ApplicationBook();
    const changedBy = (...names: readonly string[]): readonly string[] => {
      book.setProviders('/a', decoded.providers('/a', FOO, names).providers);
      return [...book.takeChanged()].sort();
    };
    assert.deepEqual(changedBy(ORDERS, CARTS), ['carts', 'orders']);
    assert.deepEqual(changedBy(ORDERS, CARTS), []);
    assert.deepEqual(changedBy(ORDERS, foo('dubbo://10.0.0.3:1', { application: 'carts' })), ['carts']);
    assert.deepEqual(changedBy(ORDERS), ['carts']);
    assert.deepEqual(changedBy(), ['orders']);
  });
});

describe('an application', () => {
  test('is forgotten with the last that was known of it', () => {
    const book = new ApplicationBook();
    const services = [
      { interfaceName: FOO, group: '', version: '', scheme: 'tri', port: 1, parameters: new Map(), droppedSecrets: [] },
    ];
    book.setInstance('orders', '10.0.0.1:1', { kind: 'unreadable', why: 'x', parameters: new Map() });
    book.setMetadata('orders', 'r1', services);
    book.setInstance('orders', '10.0.0.1:1', undefined);
    assert.equal(book.get('orders')?.isGone, true);
    book.takeChanged();
    assert.notEqual(book.get('orders'), undefined);
    book.setMetadata('orders', 'r1', []);
    book.takeChanged();
    assert.equal(book.get('orders'), undefined);
  });

  test('that is not known is not touched', () => {
    const book = new ApplicationBook();
    book.touch('orders');
    assert.deepEqual(book.takeChanged(), []);
  });
});
