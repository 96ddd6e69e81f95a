// What a Eureka server holds and says: the full list, the delta of what changed lately, one application. It sends what
// Spring Cloud's server sends, member for member.

export interface RawInstance {
  readonly [member: string]: unknown;
  readonly instanceId: string;
  readonly app: string;
  readonly status: string;
}

/** One registration, whole, with only what a test is about spelled out. */
export function rawInstance(app: string, id: string, fields: Readonly<Record<string, unknown>> = {}): RawInstance {
  return {
    instanceId: id,
    hostName: '10.20.0.17',
    app: app.toUpperCase(),
    ipAddr: '10.20.0.17',
    status: 'UP',
    overriddenStatus: 'UNKNOWN',
    port: { $: 8080, '@enabled': 'true' },
    securePort: { $: 443, '@enabled': 'false' },
    countryId: 1,
    dataCenterInfo: { '@class': 'com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo', name: 'MyOwn' },
    leaseInfo: { renewalIntervalInSecs: 30, durationInSecs: 90, lastRenewalTimestamp: 1763859090000 },
    metadata: { 'management.port': '8081' },
    vipAddress: app.toLowerCase(),
    secureVipAddress: app.toLowerCase(),
    isCoordinatingDiscoveryServer: 'false',
    lastUpdatedTimestamp: '1763850000001',
    lastDirtyTimestamp: '1763849999800',
    actionType: 'ADDED',
    ...fields,
  };
}

const STATUSES = ['UP', 'DOWN', 'STARTING', 'OUT_OF_SERVICE', 'UNKNOWN'];

export class FakeEurekaRegistry {
  readonly #instances = new Map<string, RawInstance>();
  readonly #lately = new Map<string, RawInstance>();

  register(app: string, id: string, fields: Readonly<Record<string, unknown>> = {}): void {
    const instance = rawInstance(app, id, fields);
    const key = `${instance.app} ${id}`;
    const actionType = this.#instances.has(key) ? 'MODIFIED' : 'ADDED';
    this.#instances.set(key, { ...instance, actionType });
    this.#lately.set(key, { ...instance, actionType });
  }

  /**
   * A change of an instance that no delta tells of: servers have some. Where the delta still holds the instance for an
   * earlier change it shows it as it is now, as servers do.
   */
  changeSilently(app: string, id: string, fields: Readonly<Record<string, unknown>> = {}): void {
    const instance = rawInstance(app, id, fields);
    const key = `${instance.app} ${id}`;
    const known = this.#instances.get(key);
    if (known === undefined) return;
    this.#instances.set(key, instance);
    const told = this.#lately.get(key);
    if (told !== undefined) this.#lately.set(key, { ...instance, actionType: told['actionType'] });
  }

  /** An instance that a cache or a partition kept out of the delta. */
  registerSilently(app: string, id: string): void {
    const instance = rawInstance(app, id);
    this.#instances.set(`${instance.app} ${id}`, instance);
  }

  cancel(app: string, id: string): void {
    const key = `${app.toUpperCase()} ${id}`;
    const instance = this.#instances.get(key);
    if (instance === undefined) return;
    this.#instances.delete(key);
    this.#lately.set(key, { ...instance, actionType: 'DELETED' });
  }

  clear(): void {
    this.#instances.clear();
    this.#lately.clear();
  }

  /** As after three quiet minutes. */
  forgetChanges(): void {
    this.#lately.clear();
  }

  hash(): string {
    const counts = new Map<string, number>();
    for (const { status: sent } of this.#instances.values()) {
      const status = STATUSES.includes(sent) ? sent : 'UNKNOWN';
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
    return [...counts.keys()]
      .sort()
      .map((status) => `${status}_${counts.get(status)}_`)
      .join('');
  }

  full(): unknown {
    return {
      applications: { versions__delta: '1', apps__hashcode: this.hash(), application: byApplication(this.#instances) },
    };
  }

  delta(): unknown {
    return {
      applications: { versions__delta: '7', apps__hashcode: this.hash(), application: byApplication(this.#lately) },
    };
  }

  /** undefined: 404. */
  application(app: string): unknown {
    const [application] = byApplication(this.#instances).filter(({ name }) => name === app.toUpperCase());
    return application === undefined ? undefined : { application };
  }
}

function byApplication(instances: ReadonlyMap<string, RawInstance>): { name: string; instance: RawInstance[] }[] {
  const applications = new Map<string, RawInstance[]>();
  for (const instance of instances.values()) {
    const listed = applications.get(instance.app) ?? [];
    applications.set(instance.app, listed);
    listed.push(instance);
  }
  return [...applications].map(([name, instance]) => ({ name, instance }));
}
