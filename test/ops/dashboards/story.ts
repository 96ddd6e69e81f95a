// A day in the life of a small fleet, told in chapters. Each begins with something that happens and ends when Prometheus has
// seen what came of it; which panels should show it stands in the tables of expectations.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { FakeEureka } from '../../fakes/fake-eureka.ts';
import type { FakeIstiod } from '../../fakes/fake-istiod.ts';
import type { Teardown } from '../../peers/run/teardown.ts';
import { gather, proxyOf } from './cast.ts';
import type { Prometheus, Span } from './prometheus.ts';

export const CHAPTERS = [
  'never read',
  'healthy',
  'a release',
  'grace over',
  'registry down',
  'registry back',
  'session lost',
  'session back',
  'everything gone',
  'bad registrations',
  'replicas apart',
  'slow istiod',
  'caught up',
  'a pod down',
  'restarted',
  'read again',
  'turned away',
  'file refused',
  'scraped twice',
  'target removed',
] as const;
export type Chapter = (typeof CHAPTERS)[number];

export interface Played {
  readonly prometheus: Prometheus;
  readonly spans: ReadonlyMap<Chapter, Span>;
}

/** They come with the release. */
const ORDERS_4 = ['ORDERS', 'orders-4', { ipAddr: '10.20.0.14' }] as const;
const SEARCH = ['SEARCH', 'search-1', { ipAddr: '10.20.0.31' }] as const;
const UNAVAILABLE = () => ({ kind: 'answer', status: 503 }) as const;
const AVAILABLE = () => ({ kind: 'serve' }) as const;

export async function play(teardown: Teardown): Promise<Played> {
  const cast = await gather(teardown);
  const { eurekas, zookeeper, shop, billing, istiod, prometheus } = cast;
  const spans = new Map<Chapter, Span>();
  /** The chapter is over when each of these filters has let something through, and three scrapes later. */
  const chapter = async (name: Chapter, happens: () => unknown, ...seen: readonly string[]) => {
    const fromS = Date.now() / 1000;
    await happens();
    for (const filter of seen) await prometheus.until(filter);
    await prometheus.scrapes(3);
    spans.set(name, { fromS, toS: Date.now() / 1000 });
  };

  await chapter(
    'never read',
    () => {},
    'count(footbridge_snapshot_state{state="empty"} == 1) == 2',
    'count(footbridge_registry_up{registry=~"spring|vms"} == 1) == 4',
  );

  let slow: FakeIstiod | undefined;
  await chapter(
    'healthy',
    async () => {
      for (const server of eurekas) fill(server);
      behave(eurekas, AVAILABLE);
      slow = cast.slowIstiod();
      await proxyOf(teardown, istiod);
    },
    'sum(footbridge_clients_synced) == 3',
    'min(footbridge_snapshot_state{state="live"}) == 1',
    'count(count by (pod) (nodejs_gc_duration_seconds_count)) == 3',
  );

  await chapter(
    'a release',
    () => {
      for (const { registry } of eurekas) {
        registry.register(...ORDERS_4);
        registry.cancel('ORDERS', 'orders-1');
        registry.register('PAYMENTS', 'payments-1', { status: 'STARTING' });
        registry.register(...SEARCH);
      }
      cast.writeBilling(['invoices']);
    },
    'min(footbridge_services{pod=~"shop-.*", state="served"}) == 4',
    'min(footbridge_services{pod=~"shop-.*", state="empty"}) == 2',
    'max(footbridge_guard_pending_removals) > 0',
    'max(footbridge_guard_pending_removals) == 0 and max(footbridge_guard_graces) > 0',
  );
  await chapter(
    'grace over',
    () => {},
    'footbridge_services{pod="billing-0", state="empty"} == 0',
    'sum(footbridge_clients_synced) == 3',
  );

  await chapter(
    'registry down',
    () => behave(eurekas, UNAVAILABLE),
    'count(footbridge_snapshot_state{state="stale"} == 1) == 2',
    'ALERTS{alertstate="firing"}',
  );
  await chapter(
    'registry back',
    () => behave(eurekas, AVAILABLE),
    'count(footbridge_snapshot_state{state="live"} == 1) == 3',
    'count(ALERTS{alertstate="firing"}) or vector(0) == 0',
  );

  await chapter(
    'session lost',
    () => zookeeper.kill(),
    'count(footbridge_registry_session_state{state="lost"} == 1) == 2',
  );
  await chapter(
    'session back',
    () => zookeeper.startAgain(),
    'count(footbridge_registry_session_state{state="connected"} == 1) == 2',
    'count(footbridge_snapshot_state{state="live"} == 1) == 3',
    'count(ALERTS{alertstate="firing"}) or vector(0) == 0',
  );

  await chapter(
    'everything gone',
    () => {
      for (const { registry } of eurekas) registry.clear();
    },
    'count(footbridge_snapshot_state{state="held"} == 1) == 2',
  );

  await chapter(
    'bad registrations',
    () => {
      for (const server of eurekas) {
        fill(server);
        server.registry.register(...SEARCH);
        server.registry.register(...ORDERS_4);
        server.registry.register('FAR-AWAY', 'far-1', { ipAddr: '192.168.7.7' });
        server.registry.register('ORDERS', 'orders-5', { ipAddr: 'not an address', hostName: 'not a name' });
        server.registry.register('PAY-OUT', 'pay-out-1', { ipAddr: '10.20.0.41' });
        server.registry.register('PAY_OUT', 'pay-out-2', { ipAddr: '10.20.0.42' });
      }
    },
    'count(footbridge_snapshot_state{state="live"} == 1) == 3',
    'count(sum by (pod) (footbridge_problems) == 3) == 2',
  );

  await chapter(
    'replicas apart',
    () => eurekas[0].registry.register('ORDERS', 'orders-6', { ipAddr: '10.20.0.16' }),
    'max(footbridge_snapshot_fingerprint{pod=~"shop-.*"}) != min(footbridge_snapshot_fingerprint{pod=~"shop-.*"})',
  );

  await chapter(
    'slow istiod',
    () => {
      slow?.pause();
      eurekas[1].registry.register('ORDERS', 'orders-6', { ipAddr: '10.20.0.16' });
    },
    'footbridge_clients_synced{client="istiod", pod="shop-1"} == 0 and on (pod) footbridge_clients{client="istiod"} == 1',
  );
  await chapter(
    'caught up',
    () => {
      slow?.resume();
    },
    'sum(footbridge_clients_synced) == 3',
  );

  await chapter(
    'a pod down',
    async () => {
      slow?.disconnect();
      await shop[0].stop();
    },
    'up{pod="shop-0"} == 0',
  );
  await chapter(
    'restarted',
    () => {
      eurekas[0].behave = UNAVAILABLE;
      return shop[0].startAgain();
    },
    'min(up) == 1',
    'sum(footbridge_registry_restored{pod="shop-0", registry="eureka"}) == 1',
    // What is restored is an answer like any other.
    'sum(footbridge_clients_synced) == 3',
  );
  await chapter(
    'read again',
    () => behave(eurekas, AVAILABLE),
    'count(footbridge_snapshot_state{state="live"} == 1) == 3',
  );

  await chapter(
    'turned away',
    () => cast.passersBy(),
    'max(footbridge_clients_rejected_total{reason="handshake"}) > 0',
    'max(footbridge_rate_limited_total{limit="streams"}) > 0',
    'sum(footbridge_clients) == 3',
  );

  await chapter(
    'file refused',
    () => {
      rmSync(cast.stateFile);
      mkdirSync(cast.stateFile);
      eurekas[0].registry.register('ORDERS', 'orders-7', { ipAddr: '10.20.0.17' });
      writeFileSync(cast.certificateFile, 'typo');
      const text = readFileSync(billing.configFile, 'utf8');
      writeFileSync(billing.configFile, `${text}namespaces: typo\n`);
      billing.process.signal('SIGHUP');
    },
    'max(footbridge_config_reload_refused) == 1',
    'sum(footbridge_state_write_failing) == 1',
    'sum(footbridge_serve_files_refused{files="certificate"}) == 2',
  );

  const ofShop = cast.targets.filter(({ labels }) => labels['pod']?.startsWith('shop-'));
  await chapter(
    'scraped twice',
    () => prometheus.retarget([...cast.targets, ...ofShop.map((target) => ({ ...target, job: 'all-pods' }))]),
    'count(footbridge_owner_info) == 5',
  );
  await chapter(
    'target removed',
    () => prometheus.retarget(cast.targets.filter(({ port }) => port !== billing.adminPort)),
    'count(footbridge_owner_info) == 2',
  );
  return { prometheus, spans };
}

function behave(eurekas: readonly FakeEureka[], how: FakeEureka['behave']): void {
  for (const server of eurekas) server.behave = how;
}

function fill({ registry }: FakeEureka): void {
  for (const number of [1, 2, 3]) registry.register('ORDERS', `orders-${number}`, { ipAddr: `10.20.0.1${number}` });
  registry.register('PAYMENTS', 'payments-1', { ipAddr: '10.20.0.21' });
  registry.register('STOCK', 'stock-1', { ipAddr: '10.20.0.22', status: 'DOWN' });
}
