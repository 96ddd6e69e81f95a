// SPDX-License-Identifier: Apache-2.0
// What a configuration format is, and how small formats make larger ones. A format never guesses: it gives the value that
// was meant or a sentence that says what is expected. It never throws, and its sentences never repeat what was written,
// because what was written may be a secret in the wrong place.
import { nearest } from '../lib/nearest.ts';

/** The result of reading one written value. `rule` ends a sentence that begins with the key: "must be ...". */
export type Reading<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'refused'; readonly rule: string; readonly nearest: string | undefined };

export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * One format. Written values are those of a document: text, number, boolean, null, list, or a Map where YAML has a mapping
 * (a Map, because a key may be `__proto__`, and because convict merges plain objects where it should replace them).
 */
export interface Format<T> {
  /** Noun with an example, for sentences and for the reference page. */
  readonly says: string;
  /** The same rule as far as JSON Schema can say it; never stricter than `read`. */
  readonly schema: JsonSchema;
  /** The document value that a text from the environment or a flag stands for; the text itself where it is none. */
  fromText(text: string): unknown;
  read(written: unknown): Reading<T>;
  /** Whether this text must not be shown in a problem because it may hold a secret. */
  hides?(text: string): boolean;
}

export function value<T>(found: T): Reading<T> {
  return { kind: 'value', value: found };
}

export function refused(rule: string, nearest?: string): Reading<never> {
  return { kind: 'refused', rule, nearest };
}

/** A format for texts: `check` gives the value, or undefined for "not of this form". */
export function textFormat<T>(
  says: string,
  schema: JsonSchema,
  check: (text: string) => T | undefined | Reading<T>,
): Format<T> {
  return {
    says,
    schema: { type: 'string', ...schema },
    fromText: (text) => text,
    read(written) {
      if (typeof written !== 'string') return refused(`must be ${says}${insteadOf(written)}`);
      const found = check(written);
      if (found === undefined) return refused(`must be ${says}`);
      return isReading(found) ? found : value(found);
    },
  };
}

/** `null` and the empty text mean "not set". */
export function optional<T>(inner: Format<T>): Format<T | undefined> {
  return {
    ...inner,
    says: `${inner.says}, or nothing`,
    schema: { anyOf: [inner.schema, { type: 'null' }, { const: '' }] },
    fromText: (text) => (text === '' ? null : inner.fromText(text)),
    read: (written) => (written === null || written === '' ? value(undefined) : inner.read(written)),
  };
}

/** A list in a document, comma-separated in a text (the empty text is the empty list). `many` is the noun in plural. */
export function listOf<T>(many: string, item: Format<T>): Format<readonly T[]> {
  return {
    ...item,
    says: `a list of ${many}`,
    schema: { type: 'array', items: item.schema },
    fromText: (text) => (text.trim() === '' ? [] : text.split(',').map((part) => item.fromText(part.trim()))),
    read(written) {
      if (!Array.isArray(written)) return refused(`must be a list of ${many}${insteadOf(written)}`);
      const found: T[] = [];
      for (const [index, entry] of written.entries()) {
        const reading = item.read(entry);
        if (reading.kind === 'refused') return refused(`(item ${index + 1}) ${reading.rule}`, reading.nearest);
        found.push(reading.value);
      }
      return value(found);
    },
  };
}

/** One of a few words, exactly as spelled. */
export function oneOf<T extends string>(words: readonly T[]): Format<T> {
  const says = alternatives(words);
  return textFormat(says, { enum: [...words] }, (text) => {
    const found = words.find((word) => word === text);
    return found ?? refused(`must be ${says}`, nearest(text, words));
  });
}

/** `a`, `b` or `c`, each in back quotes. */
export function alternatives(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

/** ", not a number: put it in quotes" and so on: what a wrong kind of value is, and the usual cause. */
export function insteadOf(written: unknown): string {
  if (written === null || written === undefined) return ', not empty: give a value or remove the key';
  if (typeof written === 'number') return ', not a number: put it in quotes if it is meant as text';
  if (typeof written === 'boolean') return ', not true or false: put it in quotes if it is meant as text';
  if (Array.isArray(written)) return ', not a list';
  return written instanceof Map ? ', not a mapping' : ', not a single text';
}

function isReading<T>(found: T | Reading<T>): found is Reading<T> {
  return (
    typeof found === 'object' &&
    found !== null &&
    'kind' in found &&
    (found.kind === 'value' || found.kind === 'refused')
  );
}
