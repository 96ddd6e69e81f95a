// SPDX-License-Identifier: Apache-2.0
// The ports that a Eureka instance offers: `port` and `securePort`. Both stay when both are enabled (callers of Spring Cloud
// then use the secure one alone): `secure` tells them apart.
import type { Port } from '../../model/service.ts';
import type { Report } from '../decoding/spring-metadata.ts';
import { type PortKeys, portNumber, springPorts } from '../decoding/spring-ports.ts';
import type { InstanceRecord, PortRecord } from './decode-instance.ts';

export function portsOf(record: InstanceRecord, keys: PortKeys, report: Report): readonly Port[] {
  const plain = enabledNumber(record.port, report);
  const secure = enabledNumber(record.securePort, report);
  return springPorts({ plain, secure, metadata: record.metadata }, keys, report);
}

function enabledNumber(port: PortRecord | undefined, report: Report): number | undefined {
  return port?.enabled === true ? portNumber(port.text, report) : undefined;
}
