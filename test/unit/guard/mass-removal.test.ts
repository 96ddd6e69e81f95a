import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GuardRun, type Listing, MINUTE, SECOND } from '../../fakes/guard-run.ts';

const HOLD = 5 * MINUTE;

/** s1 to s`services`, of the instances a, b … each. */
function estate(services: number, each = 1): Listing {
  const instances = Array.from({ length: each }, (_, index) => `i${index}`).join(' ');
  return Object.fromEntries(Array.from({ length: services }, (_, index) => [`s${index + 1}`, instances]));
}

function holdsOf(run: GuardRun): readonly (readonly [string, number, number])[] {
  return run.guarded.holds.map(({ reason, services, instances }) => [reason, services, instances]);
}

/** The services that are shown with an instance that is there. */
function routable(run: GuardRun): readonly string[] {
  return Object.keys(run.shown).filter((name) => run.shown[name]?.includes(':gone') === false);
}

describe('mass removal: a part of a registry that goes at once', () => {
  test('is held: what is gone stays, what is new and what changed among the rest shows at once', () => {
    const run = new GuardRun();
    run.read(estate(10));
    run.read({ ...estate(5), s1: 'i0@10.0.0.9', s2: 'i0:down', fresh: 'x' });
    assert.deepEqual(run.shown, { ...estate(10), s1: 'i0@10.0.0.9', s2: 'i0:down', fresh: 'x' });
    assert.deepEqual(holdsOf(run), [['many-gone', 5, 5]]);
    run.pass(4 * MINUTE);
    run.read({ ...estate(5), s3: 'i0 i1' });
    assert.deepEqual(run.shown, { ...estate(10), s3: 'i0 i1', fresh: 'x' });
  });

  test('is believed when a read after the hold time still lacks it, through the grace', () => {
    const run = new GuardRun();
    run.read(estate(4, 2));
    run.read(estate(2, 2));
    run.pass(HOLD - 1);
    run.read(estate(2, 2));
    assert.deepEqual(run.shown, estate(4, 2));
    run.pass(1);
    run.read(estate(2, 2));
    assert.deepEqual(run.shown, { ...estate(2, 2), s3: 'i0:gone i1:gone', s4: 'i0:gone i1:gone' });
    assert.deepEqual(run.guarded.holds, []);
  });

  test('is dropped when the registry recovers, instance by instance', () => {
    const run = new GuardRun();
    run.read(estate(10));
    run.read(estate(5));
    run.read(estate(8));
    assert.deepEqual(holdsOf(run), [['many-gone', 2, 2]]);
    run.read(estate(10));
    assert.deepEqual(run.guarded.holds, []);
    assert.deepEqual(run.shown, estate(10));
  });

  test('what little is still missing of it stays held: a registry that fills up is not to be believed halfway', () => {
    const run = new GuardRun();
    run.read(estate(10));
    run.read(estate(5));
    run.read(estate(9));
    run.pass(MINUTE);
    assert.deepEqual(run.shown, estate(10));
  });

  test('removals that still wait for their debounce join the hold', () => {
    const run = new GuardRun();
    run.read(estate(10));
    run.read(estate(8));
    run.pass(3 * SECOND);
    run.read(estate(5));
    run.pass(MINUTE);
    assert.deepEqual(run.shown, estate(10));
    assert.deepEqual(holdsOf(run), [['many-gone', 5, 5]]);
    assert.equal(run.guarded.pendingRemovals, 0);
  });

  test('time alone and a failing registry confirm nothing', () => {
    const run = new GuardRun();
    run.read(estate(10));
    run.read(estate(5));
    run.fail();
    run.pass(24 * 60 * MINUTE);
    run.fail();
    assert.deepEqual(run.shown, estate(10));
  });

  test('each registry is measured for itself', () => {
    const run = new GuardRun({}, ['eureka', 'other']);
    run.read(estate(10));
    run.read(estate(100), 'other');
    run.read(estate(5));
    assert.deepEqual(
      run.guarded.holds.map(({ registry }) => registry),
      ['eureka'],
    );
  });
});

describe('mass removal: ordinary events pass without delay', () => {
  const after = (run: GuardRun, listing: Listing) => {
    run.read(listing);
    assert.deepEqual(run.guarded.holds, []);
    run.pass(5 * SECOND);
    return run.shown;
  };

  test('a change of status, be it of every instance: what is listed is not gone, and shows at once', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b c d', users: 'x' });
    const outOfUse = { orders: 'a:down b:out-of-service c:starting d:unknown', users: 'x:down' };
    run.read(outOfUse);
    assert.deepEqual(run.shown, outOfUse);
    assert.deepEqual([run.guarded.holds, run.guarded.graces, run.guarded.pendingRemovals], [[], [], 0]);
  });

  test('one service that goes empty, be it most of the registry', () => {
    const run = new GuardRun({ emptyGraceMs: 0 });
    run.read({ orders: 'a b c d e f', users: 'x' });
    assert.deepEqual(after(run, { users: 'x' }), { users: 'x' });
  });

  test('a deployment that replaces every instance of every service, one after the other', () => {
    const run = new GuardRun();
    run.read({ orders: 'a1 b1 c1', users: 'x1 y1 z1' });
    const steps = ['a2 b1 c1', 'a2 b2 c1', 'a2 b2 c2'];
    for (const [at, orders] of steps.entries()) {
      const users = ['x2 y1 z1', 'x2 y2 z1', 'x2 y2 z2'][at] ?? '';
      assert.deepEqual(after(run, { orders, users }), { orders, users });
    }
  });

  test('a deployment that starts the new instances before it stops the old ones', () => {
    const run = new GuardRun();
    run.read({ orders: 'a1 b1 c1 d1' });
    assert.deepEqual(after(run, { orders: 'a1 b1 c1 d1 a2 b2 c2 d2' }), { orders: 'a1 b1 c1 d1 a2 b2 c2 d2' });
    assert.deepEqual(after(run, { orders: 'a2 b2 c2 d2' }), { orders: 'a2 b2 c2 d2' });
  });

  test('a deployment that stops all old instances first is held for just as long as it takes', () => {
    const run = new GuardRun();
    run.read({ orders: 'a1 b1 c1', users: 'x1 y1 z1', bills: 'k' });
    run.read({ bills: 'k' });
    assert.equal(run.guarded.holds.length, 1);
    run.pass(MINUTE);
    const listing = { orders: 'a2 b2 c2', users: 'x2 y2 z2', bills: 'k' };
    assert.deepEqual(after(run, listing), listing);
  });

  test('a deployment beside a hold: what was replaced is not held with the rest', () => {
    const run = new GuardRun();
    run.read({ ...estate(10), orders: 'a1 b1' });
    run.read({ ...estate(5), orders: 'a2 b2' });
    assert.deepEqual(holdsOf(run), [['many-gone', 5, 5]]);
    run.pass(5 * SECOND);
    assert.deepEqual(run.shown, { ...estate(10), orders: 'a2 b2' });
  });

  test('a change of scope by the operator, however much it takes', () => {
    const run = new GuardRun();
    run.read(estate(10));
    run.rescope(estate(2));
    assert.deepEqual(run.shown, estate(2));
    assert.deepEqual(run.guarded.holds, []);
  });

  test('after a change of scope what is left is measured, not what was left out', () => {
    const run = new GuardRun();
    run.read(estate(20));
    run.rescope(estate(10));
    run.read(estate(9));
    run.pass(5 * SECOND);
    assert.deepEqual(run.guarded.holds, []);
    run.read(estate(5));
    assert.deepEqual(holdsOf(run), [['many-gone', 4, 4]]);
  });
});

describe('mass removal: a registry that bleeds', () => {
  test('three of a hundred with every second: no more than the share goes, the rest is held', () => {
    const run = new GuardRun();
    run.read(estate(100));
    for (let left = 97; left > 0; left -= 3) {
      run.pass(SECOND);
      run.read(estate(left));
    }
    run.pass(MINUTE);
    assert.ok(routable(run).length >= 70, `${routable(run).length} of 100 are left`);
    assert.ok(run.guarded.holds.length <= 11, `${run.guarded.holds.length} holds are for people to look at`);
  });

  test('what bled is believed after the hold time as one part after the other', () => {
    const run = new GuardRun({ emptyGraceMs: 0 });
    run.read(estate(100));
    for (let left = 97; left > 40; left -= 3) {
      run.pass(SECOND);
      run.read(estate(left));
    }
    run.pass(HOLD + 30 * SECOND);
    run.read(estate(43));
    assert.deepEqual(run.guarded.holds, []);
    assert.deepEqual(run.shown, estate(43));
  });

  test('a decline below the share in each window is believed as it comes', () => {
    const run = new GuardRun({ emptyGraceMs: 0 });
    run.read(estate(100));
    for (let left = 99; left > 35; left--) {
      run.pass(MINUTE);
      run.read(estate(left));
      assert.deepEqual(run.guarded.holds, [], `${left} are left`);
    }
    run.pass(MINUTE);
    assert.deepEqual(run.shown, estate(36));
  });

  test('what was confirmed, and what has been gone for two windows, is no loss any more', () => {
    const run = new GuardRun({ emptyGraceMs: 0 });
    run.read(estate(100));
    run.read(estate(60));
    run.pass(HOLD);
    run.read(estate(60));
    assert.deepEqual(run.shown, estate(60));
    run.read(estate(45));
    assert.deepEqual(run.guarded.holds, [], 'fifteen of the sixty that are left');
    run.pass(10 * MINUTE);
    run.read(estate(35));
    run.pass(5 * SECOND);
    assert.deepEqual(run.shown, estate(35), 'ten of forty-five');
  });

  test('while too much is gone, whatever else goes is held too, each for a hold time of its own', () => {
    const run = new GuardRun({ emptyGraceMs: 0 });
    run.read(estate(100));
    run.read(estate(60));
    run.pass(MINUTE);
    run.read(estate(59));
    assert.deepEqual(holdsOf(run), [
      ['many-gone', 40, 40],
      ['many-gone', 1, 1],
    ]);
    run.pass(4 * MINUTE);
    run.read(estate(59));
    assert.deepEqual(routable(run), Object.keys(estate(60)));
    run.pass(MINUTE);
    run.read(estate(59));
    assert.deepEqual(run.shown, estate(59));
  });

  test('at the turn of a window what was lost just before it still counts', () => {
    const run = new GuardRun({ emptyGraceMs: 0 });
    run.read(estate(100));
    run.pass(4 * MINUTE);
    run.read(estate(80));
    run.pass(MINUTE + SECOND);
    assert.deepEqual(run.shown, estate(80));
    run.read(estate(65));
    assert.deepEqual(holdsOf(run), [['many-gone', 15, 15]]);
  });

  test('what is held counts as gone for as long as it is held, however many windows pass', () => {
    const run = new GuardRun({ holdForMs: () => 60 * MINUTE });
    run.read(estate(100));
    run.read(estate(60));
    for (let minute = 6; minute < 30; minute += 6) {
      run.pass(6 * MINUTE);
      run.read({ ...estate(60), s1: `i${minute}` });
    }
    run.read({ ...estate(59), s1: 'i1' });
    assert.deepEqual(holdsOf(run), [
      ['many-gone', 40, 40],
      ['many-gone', 1, 1],
    ]);
  });

  test('what grew since the bridge started is measured by the read before', () => {
    const run = new GuardRun();
    run.read(estate(3));
    run.read(estate(50));
    run.read(estate(5));
    assert.deepEqual(holdsOf(run), [['many-gone', 45, 45]]);
  });

  test('services that came within the window bleed no faster than others', () => {
    const run = new GuardRun();
    run.read(estate(3));
    run.read(estate(50));
    for (let left = 49; left > 0; left--) {
      run.pass(SECOND);
      run.read(estate(left));
    }
    assert.ok(routable(run).length >= 35, `${routable(run).length} of 50 are left`);
  });
});

describe('mass removal: a flapping registry', () => {
  test('cannot prolong the hold of what never returns', () => {
    const run = new GuardRun({ emptyGraceMs: 0 });
    run.read(estate(10));
    for (let minute = 0; minute < 5; minute++) {
      run.read(estate(4));
      run.pass(30 * SECOND);
      run.read(estate(8));
      run.pass(30 * SECOND);
    }
    assert.deepEqual(run.shown, estate(10));
    run.read(estate(8));
    assert.deepEqual(run.shown, estate(8));
  });

  test('cannot prolong it either by making up for what is gone for a moment, again and again', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b c d e f g h' });
    run.read({ orders: 'a b c' });
    for (let second = 1; second < 300; second++) {
      run.pass(SECOND);
      run.read(second % 2 === 0 ? { orders: 'a b c i j k l m' } : { orders: 'a b c' });
    }
    assert.match(run.shown['orders'] ?? '', /^a b c d e f g h/);
    run.pass(SECOND);
    run.read({ orders: 'a b c' });
    assert.match(run.shown['orders'] ?? '', /^a b c i j/);
  });

  test('is believed at once where the hold time is over in the read that makes up for what is gone', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b c d e f g h' });
    run.read({ orders: 'a b c' });
    run.pass(HOLD);
    run.read({ orders: 'a b c i j k l m' });
    assert.deepEqual(run.shown, { orders: 'a b c i j k l m' });
  });

  test('cannot have what comes back again and again removed', () => {
    const run = new GuardRun();
    run.read(estate(10));
    for (let minute = 0; minute < 60; minute++) {
      run.read(estate(4));
      run.pass(4 * MINUTE);
      run.read(estate(10));
      run.pass(MINUTE);
      assert.deepEqual(run.shown, estate(10));
    }
  });

  test('has a handful of holds, however often it flaps', () => {
    const run = new GuardRun();
    run.read(estate(100));
    for (let second = 0; second < 280; second++) {
      run.read(second % 2 === 0 ? estate(50) : { ...estate(50), [`s${51 + (second % 50)}`]: 'i0' });
      run.pass(SECOND);
      assert.ok(run.guarded.holds.length <= 11, `${run.guarded.holds.length} holds after ${second} s`);
    }
  });
});
