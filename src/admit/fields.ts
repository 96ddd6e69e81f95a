// SPDX-License-Identifier: Apache-2.0
// Every field of an entry that the gate knows. One that is added to the types does not compile until somebody has decided here
// what a registry may put into it; one that turns up at run time all the same refuses its entry.
import type { Endpoint, Entry, EntryPort, ServiceEntrySpec } from '../convert/entry.ts';

/** A field's judge, or why it needs none. */
type Fields<Message> = Readonly<Record<keyof Required<Message>, string>>;

const ENTRY: Fields<Entry> = {
  kind: 'entry-scope.ts: ServiceEntry and nothing else',
  name: 'entry-scope.ts: namespace and instance of this bridge; one-owner.ts',
  labels: 'labels.ts',
  annotations: 'labels.ts',
  spec: 'its fields, below',
};

const SPEC: Fields<ServiceEntrySpec> = {
  hosts: 'hosts.ts; one-owner.ts',
  addresses: 'addresses.ts; one-owner.ts',
  ports: 'its fields, below',
  location: 'entry-scope.ts: the configured one',
  resolution: 'endpoint-scope.ts: none that finds addresses by itself',
  endpoints: 'endpoint-scope.ts and its fields, below',
  exportTo: 'entry-scope.ts: no wider than configured',
};

const PORT: Fields<EntryPort> = {
  number: 'entry-scope.ts; one-owner.ts',
  protocol: 'entry-scope.ts: one that takes all traffic of its number needs a virtual IP',
  name: 'none: it names nothing outside of its entry',
};

const ENDPOINT: Fields<Endpoint> = {
  address: 'addresses.ts',
  ports: 'endpoint-scope.ts',
  labels: 'labels.ts',
  network: 'endpoint-scope.ts: one of the rules',
  locality: 'none: it only ranks the endpoints of its own entry',
  weight: 'none: it only ranks the endpoints of its own entry',
  serviceAccount: 'endpoint-scope.ts: one of the rules',
};

/** The paths of fields that are in none of the tables. */
export function unknownFields(entry: Entry): readonly string[] {
  const { spec } = entry;
  return [
    ...foreign(entry, ENTRY, ''),
    ...foreign(spec, SPEC, 'spec.'),
    ...spec.ports.flatMap((port) => foreign(port, PORT, 'spec.ports.')),
    ...spec.endpoints.flatMap((endpoint) => foreign(endpoint, ENDPOINT, 'spec.endpoints.')),
  ];
}

function foreign(message: object, known: Readonly<Record<string, string>>, path: string): string[] {
  return Object.keys(message).flatMap((field) => (Object.hasOwn(known, field) ? [] : [`${path}${field}`]));
}
