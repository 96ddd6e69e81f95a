// SPDX-License-Identifier: Apache-2.0
// A registry file as it is saved: read as a document, so that no comment comes along, without the services that are wholly
// outside the scope, and with secrets masked. Pure.

import { maskSecrets } from '../decoding/mask-secrets.ts';
import { compileSecrets } from '../decoding/secrets.ts';
import { type DocumentValue, parseYamlDocument } from '../decoding/yaml-document.ts';
import type { Capture } from '../dump.ts';
import { createScope, type ScopeOptions } from '../scope.ts';
import { type Decoded, decodeDocument } from './decode.ts';
import { printYaml } from './print-yaml.ts';
import { recordFrom } from './record.ts';

const isSecret = compileSecrets([]);

/** Fails where the living registry would keep what it had. */
export function fileForDump(text: string, registry: string, scope: ScopeOptions): Capture {
  const document = parseYamlDocument(text);
  const decoded = decodeDocument(document, { registry, isSecret });
  if (decoded.kind === 'unreadable') return { kind: 'failed', code: decoded.code, message: `${decoded.message}.` };
  const masked: string[] = [];
  const masking = { isSecret, onMasked: (key: string) => void masked.push(key) };
  const within = document.kind === 'parsed' ? narrowed(document.value, namesOutside(decoded, scope)) : null;
  const raw = printYaml(maskSecrets(within, masking) as DocumentValue);
  return { kind: 'captured', raw, masked, unread: [] };
}

/** Of a service without a readable instance nobody knows. */
function namesOutside({ services }: Decoded & { readonly kind: 'services' }, scope: ScopeOptions): ReadonlySet<string> {
  const isInScope = createScope(scope);
  const outside = [...services.values()].filter(
    ({ instances }) => instances.length > 0 && !instances.some((instance) => isInScope(instance)),
  );
  return new Set(outside.map(({ name }) => name));
}

function narrowed(document: DocumentValue, outside: ReadonlySet<string>): DocumentValue {
  const record = recordFrom(document);
  const services = record?.get('services');
  if (record === undefined || !Array.isArray(services)) return document;
  const kept = services.filter((service: DocumentValue) => !isNamed(service, outside));
  return new Map([...record, ['services', kept]]);
}

function isNamed(service: DocumentValue, names: ReadonlySet<string>): boolean {
  const name = recordFrom(service)?.get('name');
  return typeof name === 'string' && names.has(name);
}
