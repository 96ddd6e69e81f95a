// An invented estate: what the file registry would read it as.
import { type Instance, type Service, type ServiceKey, serviceKey } from '../src/model/service.ts';

export function estate(services: number, instancesEach: number): ReadonlyMap<ServiceKey, Service> {
  return new Map(
    Array.from({ length: services }, (_, index) => {
      const service = serviceOf(`APP-${String(index).padStart(5, '0')}`, index, instancesEach);
      return [service.key, service] as const;
    }),
  );
}

/** The same with one instance of one service changed; every other service keeps its object. */
export function withOneChanged(services: ReadonlyMap<ServiceKey, Service>): ReadonlyMap<ServiceKey, Service> {
  const [first] = services.values();
  if (first === undefined) return services;
  const [instance, ...others] = first.instances;
  if (instance === undefined) return services;
  const changed: Instance = { ...instance, weight: (instance.weight ?? 1) + 1 };
  return new Map(services).set(first.key, { ...first, instances: [changed, ...others] });
}

function serviceOf(name: string, index: number, instancesEach: number): Service {
  const instances = Array.from({ length: instancesEach }, (_, place): Instance => {
    return {
      id: `vm-${index}-${place}`,
      address: `10.${(index >> 8) & 255}.${index & 255}.${place + 1}`,
      ports: [{ name: 'http', number: 8080, protocol: 'http', secure: false }],
      status: 'up',
      weight: undefined,
      locality: place % 2 === 0 ? 'eu/eu-1' : 'eu/eu-2',
      metadata: new Map([
        ['version', `v${place % 3}`],
        ['team', 'payments'],
      ]),
      attributes: new Map([['app', [name]]]),
    };
  });
  return { key: serviceKey('legacy', name), registry: 'legacy', name, instances };
}
