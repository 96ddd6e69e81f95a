// SPDX-License-Identifier: Apache-2.0
// A check as a value: what it is about, what must hold before it makes sense, and how it is found out. Categories are lists of
// them in order of dependence; whoever prints knows nothing else.
import { CHECKS, type CheckId } from './check-table.ts';

export type Verdict =
  | {
      readonly kind: 'passed';
      /** What was found, where a person would like to know. */
      readonly note?: string;
    }
  | Finding
  /** It makes no sense, or cannot be seen. `why` is a sentence without its full stop. */
  | { readonly kind: 'skipped'; readonly why: string };

export interface Finding {
  readonly kind: 'warned' | 'failed';
  /** Sentences: what was found. At least one. */
  readonly causes: readonly string[];
  /** Where it is not the one of the table. */
  readonly remedy?: string;
}

export interface Check {
  readonly id: CheckId;
  /** What it is about where a category has several of its kind, else ''. */
  readonly subject: string;
  /** These must not have failed. */
  readonly needs: readonly Check[];
  /** Has a deadline of its own. */
  readonly run: () => Verdict | Promise<Verdict>;
}

export interface Category {
  readonly title: string;
  readonly checks: readonly Check[];
}

export interface CheckOptions {
  readonly subject?: string;
  readonly needs?: readonly Check[];
}

export function check(id: CheckId, run: Check['run'], { subject = '', needs = [] }: CheckOptions = {}): Check {
  return { id, subject, needs, run };
}

/** What is said of a check in one line. */
export function checkSentence({ id, subject }: Check): string {
  return CHECKS[id].sentence.replaceAll('{subject}', () => subject);
}

export const PASSED: Verdict = { kind: 'passed' };

export function passed(note: string): Verdict {
  return { kind: 'passed', note };
}

export function warned(...causes: readonly string[]): Finding {
  return { kind: 'warned', causes };
}

export function failed(...causes: readonly string[]): Finding {
  return { kind: 'failed', causes };
}

export function skipped(why: string): Verdict {
  return { kind: 'skipped', why };
}

/** Several checks need what one question answers: it is asked once, when the first of them wants to know. */
export function once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return () => (answer ??= ask());
}
