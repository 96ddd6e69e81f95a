// SPDX-License-Identifier: Apache-2.0
// The part of the catalogue about what is more than a limit allows. The limits stand in registry/limit/options.ts.
import { type CatalogueEntry, entry } from './catalogue-entry.ts';

export const LIMIT_PROBLEMS = {
  SERVICE_OVER_LIMIT: entry(
    'limit',
    'service',
    'The registry has more services than this bridge takes in ({value}), and this one was not among them before.',
    'Narrow the scope, or raise `limits.services`. What is published stays.',
  ),
  SERVICE_NAME_TOO_LONG: entry(
    'limit',
    'service',
    'The name of the service is longer than is taken in: {value}.',
    'Give it a shorter name, or raise `limits.textLength`.',
  ),
  INSTANCES_OVER_LIMIT: entry(
    'limit',
    'instance',
    'The service has more instances than are taken in: {value} are.',
    'Find out who registers so many, or raise `limits.instancesPerService`. What is published stays.',
  ),
  INSTANCE_ID_TOO_LONG: entry(
    'limit',
    'instance',
    'The id of the instance is longer than is taken in: {value}.',
    'Register it with a shorter id, or raise `limits.textLength`.',
  ),
  PORTS_OVER_LIMIT: entry(
    'limit',
    'port',
    'The instance has more ports than are taken in: {value} are.',
    'Register fewer ports, or raise `limits.portsPerInstance`.',
  ),
  METADATA_OVER_LIMIT: entry(
    'limit',
    'label',
    'The instance has more metadata than is kept: {value} entries are.',
    'Register less metadata, or raise `limits.metadataPerInstance`.',
  ),
  METADATA_TOO_LONG: entry(
    'limit',
    'label',
    'Metadata is longer than is kept and was dropped: {value}.',
    'Register shorter values, or raise `limits.textLength`.',
  ),
} as const satisfies Record<string, CatalogueEntry>;
