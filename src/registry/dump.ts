// SPDX-License-Identifier: Apache-2.0
// What a registry said, saved in a file: read without a network, by the same decoders that read the living registry. A dump
// is `{footbridgeDump: 1, kind, registry, capturedAt, raw}`; a bare `/eureka/apps` body or a registry file will do too.
import type { Problem } from '../model/problem.ts';
import type { Service, ServiceKey } from '../model/service.ts';

export interface Dump {
  /** Kind of registry that it was taken from. */
  readonly kind: string;
  /** Name that the registry had in the configuration; undefined for a bare body. */
  readonly registry: string | undefined;
  /** What the registry said, as text. */
  readonly raw: string;
}

export type DumpContent =
  | {
      readonly kind: 'content';
      readonly services: ReadonlyMap<ServiceKey, Service>;
      readonly problems: readonly Problem[];
    }
  /** `message` is a sentence. */
  | { readonly kind: 'unreadable'; readonly message: string };

/**
 * Tells what kind of dump a text is; never throws. Eureka answers in XML unless it is asked for JSON, so XML is taken for an
 * answer of Eureka, and whatever else is not JSON of a known shape for a registry file.
 */
export function identifyDump(text: string): Dump {
  const document = parsedObject(text);
  if (document?.['footbridgeDump'] === 1) {
    const { kind, registry, raw } = document;
    return {
      kind: String(kind),
      registry: typeof registry === 'string' ? registry : undefined,
      raw: typeof raw === 'string' ? raw : JSON.stringify(raw ?? null),
    };
  }
  const isEureka = document === undefined ? text.trimStart().startsWith('<') : 'applications' in document;
  return { kind: isEureka ? 'eureka' : 'file', registry: undefined, raw: text };
}

function parsedObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}
