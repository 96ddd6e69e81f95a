// The URL of a Dubbo provider that Dubbo does not run.

export const PROVIDER_PORT = 20880;

export interface ProviderUrl {
  readonly application: string;
  readonly interfaceName: string;
  readonly address: string;
  /** Default: `dubbo`. */
  readonly protocol?: 'dubbo' | 'http';
  readonly port?: number;
  /** Of two registrations of one provider the later has the higher number, of one digit. */
  readonly registration: number;
}

/** As Dubbo 3.3 writes it, about 500 bytes once it is encoded. */
export function providerUrl(provider: ProviderUrl): string {
  const { application, interfaceName, address, registration, protocol = 'dubbo', port = PROVIDER_PORT } = provider;
  const parameters = {
    application,
    deprecated: 'false',
    dubbo: '2.0.2',
    dynamic: 'true',
    generic: 'false',
    interface: interfaceName,
    'metadata-type': 'remote',
    methods: 'find,list,create,update,cancel,search,count',
    'prefer.serialization': 'hessian2,fastjson2',
    release: '3.3.6',
    revision: '1.0.0',
    'service-name-mapping': 'true',
    side: 'provider',
    threads: '200',
    timeout: '3000',
    timestamp: `179561880${registration}849`,
  };
  const query = Object.entries(parameters).map(([key, value]) => `${key}=${value}`);
  return `${protocol}://${address}:${port}/${interfaceName}?${query.join('&')}`;
}
