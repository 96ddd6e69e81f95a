// A backend as a Dubbo provider of the protocol `http`: what it has in ZooKeeper, so that callers reach it over HTTP.
import type { Backend } from './backend.ts';
import { providerUrl } from './provider-url.ts';

/** The only interface of the application that is called as the backend is. */
export function calledInterface({ name }: Backend): string {
  return `com.acme.${name}.api.Service`;
}

/** Of two registrations the later has the higher number. */
export function calledUrl(called: Backend, registration = 1): string {
  const { name, address, port } = called;
  const interfaceName = calledInterface(called);
  return providerUrl({ application: name, interfaceName, address, port, protocol: 'http', registration });
}
