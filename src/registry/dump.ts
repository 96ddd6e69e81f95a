// SPDX-License-Identifier: Apache-2.0
// What a registry said, saved in a file: read without a network, by the same decoders that read the living registry. A dump
// is `{footbridgeDump: 1, kind, registry, capturedAt, raw}`; a bare `/eureka/apps` body or a registry file will do too.
import type { Problem } from '../model/problem.ts';
import type { Service, ServiceKey } from '../model/service.ts';
import type { Outside } from './outside.ts';

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
      /** As in Registry: the scope was asked about each record, and is not asked again. */
      readonly scopesRecords?: true;
      /** As in Registry. */
      readonly outside?: Outside;
    }
  /** `message` is a sentence. */
  | { readonly kind: 'unreadable'; readonly message: string };

/** One read of a living registry, to be dumped: what it said, or why it said nothing. Neither holds a secret. */
export type Capture =
  | {
      readonly kind: 'captured';
      /** A JSON value or a text that the kind's own reader of dumps understands. */
      readonly raw: unknown;
      /** The key of every value that was masked, once for each. */
      readonly masked: readonly string[];
      /** Sentences: what of it could not be read, and why. */
      readonly unread: readonly string[];
    }
  /** `code` is that of a ReadError, `message` a sentence. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

export type IdentifiedDump =
  | { readonly kind: 'dump'; readonly dump: Dump }
  /** `message` is a sentence. */
  | { readonly kind: 'unreadable'; readonly message: string };

const FORMAT = 1;

/** The text of a dump, for people and for `identifyDump`. */
export function printDump(dump: {
  readonly kind: string;
  readonly registry: string;
  readonly capturedAtMs: number;
  readonly raw: unknown;
}): string {
  const { kind, registry, capturedAtMs, raw } = dump;
  const capturedAt = new Date(capturedAtMs).toISOString();
  return JSON.stringify({ footbridgeDump: FORMAT, kind, registry, capturedAt, raw }, null, 2);
}

/**
 * Tells what kind of dump a text is; never throws. Eureka answers in XML unless it is asked for JSON, so XML is taken for an
 * answer of Eureka, and whatever else is not JSON of a known shape for a registry file.
 */
export function identifyDump(text: string): IdentifiedDump {
  if (text.trim() === '') return { kind: 'unreadable', message: 'The dump is empty.' };
  const document = parsedObject(text);
  if (document !== undefined && 'footbridgeDump' in document) return readEnvelope(document);
  const isEureka = document === undefined ? text.trimStart().startsWith('<') : 'applications' in document;
  return { kind: 'dump', dump: { kind: isEureka ? 'eureka' : 'file', registry: undefined, raw: text } };
}

function readEnvelope({ footbridgeDump, kind, registry, raw }: Readonly<Record<string, unknown>>): IdentifiedDump {
  if (footbridgeDump !== FORMAT) {
    const message = `The dump has another format than this release reads (footbridgeDump: ${FORMAT}).`;
    return { kind: 'unreadable', message };
  }
  if (typeof kind !== 'string' || raw === undefined) {
    return { kind: 'unreadable', message: 'The dump lacks `kind` or `raw`: it was cut or changed.' };
  }
  const name = typeof registry === 'string' ? registry : undefined;
  return { kind: 'dump', dump: { kind, registry: name, raw: typeof raw === 'string' ? raw : JSON.stringify(raw) } };
}

function parsedObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}
