// Whatever happens to a tree, to its servers and on the way, the owner of a watched tree ends up knowing what a plan wants of it,
// and on the way it is never told that something is gone which nobody deleted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { zooKeeperFailure } from '../../src/registry/zookeeper/failure.ts';
import type { TreeUpdate } from '../../src/registry/zookeeper/tree/tree-update.ts';
import type { TreeNode } from '../../src/registry/zookeeper/tree-plan.ts';
import { readTree } from '../fakes/planned-tree.ts';
import { type Role, servicePlan, show, TreeRun } from '../fakes/tree-run.ts';

type Step =
  | { readonly kind: 'create' | 'set'; readonly path: string; readonly data: string }
  | {
      readonly kind: 'delete' | 'forbid' | 'allow' | 'break' | 'mend' | 'deny' | 'admit' | 'hold' | 'release';
      readonly path: string;
    }
  | {
      readonly kind:
        | 'lag'
        | 'catch-up'
        | 'disconnect'
        | 'reconnect'
        | 'expire'
        | 'read'
        | 'lose-hints'
        | 'empty'
        | 'fill';
    }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'rescope'; readonly services: string };

const ROOTS = ['/r', '/s'];
const TOO_LARGE = zooKeeperFailure('ZOOKEEPER_TOO_LARGE', 'The answer is too large');
const A_DAY_MS = 86_400_000;

const service = fc.constantFrom('/r/a', '/r/b', '/s/a');
const instance = fc.tuple(service, fc.constantFrom('1', '2', '3')).map(([above, id]) => `${above}/${id}`);
const meta = fc.constantFrom('/meta/a', '/meta/b', '/meta/shared');
const place = fc.oneof(service, instance, instance, meta);
const read = fc.oneof(place, fc.constantFrom(...ROOTS, '/meta', '/'));
const data = fc.constantFrom('', 'x', 'y', 'see a');
const changes: fc.Arbitrary<Step>[] = [
  fc.record({ kind: fc.constant('create' as const), path: place, data }),
  fc.record({ kind: fc.constantFrom('create' as const, 'set' as const), path: place, data }),
  fc.record({ kind: fc.constant('delete' as const), path: fc.oneof(place, fc.constant('/meta')) }),
];
const rootChanges: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('delete' as const),
  path: fc.constantFrom(...ROOTS),
});
const troubles: fc.Arbitrary<Step>[] = [
  fc.record({
    kind: fc.constantFrom('forbid' as const, 'allow' as const, 'break' as const, 'mend' as const),
    path: read,
  }),
  fc.record({ kind: fc.constantFrom('hold' as const, 'release' as const), path: read }),
  fc.record({
    kind: fc.constantFrom('lag' as const, 'catch-up' as const, 'disconnect' as const, 'reconnect' as const),
  }),
  fc.record({ kind: fc.constantFrom('expire' as const, 'reconnect' as const, 'read' as const) }),
  fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(10, 50, 5_000, 300_000) }),
  fc.record({ kind: fc.constantFrom('read' as const) }),
];
/** What no signal tells of. */
const silent: fc.Arbitrary<Step>[] = [
  fc.constantFrom<Step>({ kind: 'lose-hints' }, { kind: 'empty' }, { kind: 'fill' }),
  fc.record({ kind: fc.constantFrom('deny' as const, 'admit' as const), path: read }),
];
const rescopes: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('rescope' as const),
  services: fc.constantFrom('', 'a', 'b', 'ab'),
});

class Story {
  readonly run: TreeRun;
  #services = 'ab';

  constructor(auditIntervalMs: number) {
    this.run = new TreeRun(undefined, this.plan(), auditIntervalMs);
    for (const path of ['/r/a/1', '/r/b/1', '/s/a/1', '/meta/a', '/meta/shared']) this.run.zk.create(path, 'x');
  }

  plan() {
    const services = this.#services;
    return servicePlan(ROOTS, (name) => services.includes(name));
  }

  async take(step: Step): Promise<void> {
    const { zk } = this.run;
    switch (step.kind) {
      case 'create':
        return zk.create(step.path, step.data);
      case 'set':
        return zk.set(step.path, step.data);
      case 'delete':
        return zk.delete(step.path);
      case 'forbid':
        return zk.forbid(step.path);
      case 'allow':
        return zk.allow(step.path);
      case 'break':
        return zk.break(step.path, TOO_LARGE);
      case 'mend':
        return zk.mend(step.path);
      case 'deny':
        return zk.deny(step.path);
      case 'admit':
        return zk.admit(step.path);
      case 'empty':
        return zk.pretendEmpty(true);
      case 'fill':
        return zk.pretendEmpty(false);
      case 'hold':
        return zk.hold(step.path);
      case 'release':
        return zk.release(step.path);
      case 'lag':
        return zk.lag();
      case 'catch-up':
        return zk.catchUp();
      case 'disconnect':
        return zk.isUp ? zk.disconnect() : undefined;
      case 'expire':
        return zk.state().kind === 'lost' ? undefined : zk.expire();
      case 'reconnect':
        return this.up();
      case 'lose-hints':
        return zk.loseHints();
      case 'read':
        return this.run.read();
      case 'pass':
        return this.run.pass(step.ms);
      case 'rescope':
        this.#services = step.services;
        return this.run.replan(this.plan());
    }
  }

  up(): void {
    const { zk } = this.run;
    if (zk.state().kind === 'lost') zk.connect();
    if (zk.state().kind === 'suspended') zk.reconnect();
  }

  /** No more trouble, and time for whatever waits. */
  async end(): Promise<void> {
    const { zk } = this.run;
    for (const root of ROOTS) zk.create(root);
    for (const path of Object.keys(zk.everything())) {
      zk.allow(path);
      zk.mend(path);
      zk.admit(path);
    }
    zk.pretendEmpty(false);
    this.up();
    zk.releaseAll();
    zk.catchUp();
    for (let minute = 0; minute < 20; minute++) await this.run.pass(60_000);
  }

  /** What a plan wants of the tree, as it is in truth. */
  truth(): readonly string[] {
    const nodes = readTree(this.plan(), this.run.zk.everything());
    return [...nodes.values()].map(({ want, content }) => `${want.path}${show(content)}`).sort();
  }
}

/** Nothing may be taken back that nobody deleted, and nothing told between the end of a connection and the next full read. */
class Witness {
  readonly #story: Story;
  #mayChange = false;

  constructor(story: Story) {
    this.#story = story;
    story.run.onUpdate = (update) => this.#see(update);
  }

  #see(update: TreeUpdate<Role>): void {
    if (update.kind === 'failed') {
      this.#mayChange = false;
      return;
    }
    if (update.kind === 'full') this.#mayChange = true;
    assert.ok(this.#mayChange, `a ${update.kind} before the full read`);
    for (const { kind, node } of update.changes) {
      const former = this.#story.run.told.get(`${node.want.what} ${node.want.path}`);
      if (former === undefined) continue;
      for (const path of takenBack(former, kind === 'read' ? node : undefined))
        assert.ok(this.#wasDeleted(path), `${path} was taken back and never deleted`);
    }
  }

  /** Or something above it; of what no list names, the service that wants it. */
  #wasDeleted(path: string): boolean {
    const { deleted } = this.#story.run.zk;
    const all = [...deleted];
    const name = path.slice('/meta/'.length);
    const isUnwanted = (gone: string) =>
      ROOTS.some((root) => gone.startsWith(`${root}/`) && (name === 'shared' || gone === `${root}/${name}`));
    return all.some(
      (gone) => gone === path || path.startsWith(`${gone}/`) || (path.startsWith('/meta/') && isUnwanted(gone)),
    );
  }
}

/** Nothing is lost with a list that was empty. */
function takenBack(former: TreeNode<Role>, now: TreeNode<Role> | undefined): readonly string[] {
  const { path } = former.want;
  const before = namesIn(former);
  const after = now === undefined ? [] : namesIn(now);
  const isTakenBack = former.content?.kind === 'data' && now?.content?.kind !== 'data';
  return [
    ...(isTakenBack ? [path] : []),
    ...before.filter((name) => !after.includes(name)).map((name) => `${path}/${name}`),
  ];
}

function namesIn({ content }: TreeNode<Role>): readonly string[] {
  return content?.kind === 'children' ? content.names : [];
}

async function endsWithTheTruth(steps: readonly Step[], auditIntervalMs: number, isWatched: boolean): Promise<void> {
  const story = new Story(auditIntervalMs);
  const { run } = story;
  if (isWatched) new Witness(story);
  await run.connect();
  for (const step of steps) await story.take(step);
  await story.end();
  assert.equal(run.failure, '');
  assert.deepEqual(run.shown, story.truth());
  assert.deepEqual(run.obstacles, []);
  assert.ok(run.zk.mostOpen <= 32);
  await run.tree.close();
  assert.equal(run.clock.pending, 0);
}

test('without a lost signal and without an audit, the owner ends up knowing the truth and is told of no removal that was none', async () => {
  const steps = fc.array(fc.oneof(...changes, ...changes, ...troubles), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(steps, (taken) => endsWithTheTruth(taken, A_DAY_MS, true)),
    { numRuns: 300 },
  );
});

test('roots that go and come back, and signals that are lost, end in the truth with the next audit', async () => {
  const steps = fc.array(fc.oneof(...changes, rootChanges, ...troubles, ...silent), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(steps, (taken) => endsWithTheTruth(taken, 300_000, true)),
    { numRuns: 200 },
  );
});

test('a plan that changes while anything happens ends in what the last plan wants', async () => {
  const steps = fc.array(fc.oneof(...changes, rootChanges, ...troubles, rescopes), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(steps, (taken) => endsWithTheTruth(taken, A_DAY_MS, false)),
    { numRuns: 200 },
  );
});
