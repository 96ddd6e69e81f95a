// SPDX-License-Identifier: Apache-2.0
// JSON of strangers, read without trusting its shape: writers of many languages send numbers as text, text as numbers and
// null where a member is missing.

export type JsonObject = Readonly<Record<string, unknown>>;

/** undefined where it is no JSON; never throws. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A JSON object; a list or a scalar is none. */
export function objectOf(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** Text of a scalar, without blanks around it; undefined where there is none. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' ? undefined : text;
}

/** The texts of a list, as they stand there; what is no list holds none. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

const WHOLE_NUMBER = /^-?[0-9]{1,15}$/;

/** A whole number, also as text; whether it is in range is judged by whoever asks. */
export function numberOf(value: unknown): number | undefined {
  const text = textOf(value);
  return text !== undefined && WHOLE_NUMBER.test(text) ? Number(text) : undefined;
}
