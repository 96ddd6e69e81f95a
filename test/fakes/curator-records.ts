// What Spring Cloud and others write into ZooKeeper by way of Curator, with only what a test is about spelled out.
import type { ProjectionOptions } from '../../src/registry/spring-cloud-zookeeper/spring-projection.ts';

export const SPRING_CLASS = 'org.springframework.cloud.zookeeper.discovery.ZookeeperInstance';
export const DUBBO_CLASS = 'org.apache.dubbo.registry.zookeeper.ZookeeperInstance';

export type RawFields = Readonly<Record<string, unknown>>;

/** The JSON of a record of Spring Cloud, as Curator 5 writes it. */
export function springRecord(fields: RawFields = {}, metadata: RawFields = {}): string {
  return curatorRecord({
    payload: { '@class': SPRING_CLASS, id: 'application-1', name: 'orders', metadata },
    ...fields,
  });
}

export function dubboRecord(fields: RawFields = {}): string {
  const metadata = { 'dubbo.endpoints': '[{"port":20880,"protocol":"dubbo"}]', 'dubbo.metadata.revision': '5a1e' };
  return curatorRecord({
    payload: { '@class': DUBBO_CLASS, id: '10.20.0.17:20880', name: 'orders', metadata },
    ...fields,
  });
}

export function curatorRecord(fields: RawFields): string {
  const part = (value: string, variable: boolean) => ({ value, variable });
  return JSON.stringify({
    name: 'orders',
    id: 'one',
    address: 'vm-17.dc1.example',
    port: 8080,
    sslPort: null,
    payload: null,
    registrationTimeUTC: 1_763_859_000_123,
    serviceType: 'DYNAMIC',
    uriSpec: {
      parts: [part('scheme', true), part('://', false), part('address', true), part(':', false), part('port', true)],
    },
    ...fields,
  });
}

export function springOptions(fields: Partial<ProjectionOptions> = {}): ProjectionOptions {
  return {
    root: '/services',
    metadataKeys: {
      protocol: ['protocol'],
      grpcPort: ['gRPC_port', 'grpc.server.port'],
      weight: ['weight'],
      zone: ['zone'],
    },
    region: undefined,
    secretKeys: [],
    ...fields,
  };
}
