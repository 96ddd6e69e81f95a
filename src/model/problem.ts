// SPDX-License-Identifier: Apache-2.0
// A problem is a record, not an exception: something that a registry said and that could not be published as it was said.
// Codes are public and never renamed; `docs/problems.md` is generated from the catalogue, which is problem-catalogue.ts.
import { printable } from '../lib/printable.ts';
import { CATALOGUE, type Loss, type ProblemCode } from './problem-catalogue.ts';

export type { ProblemCode } from './problem-catalogue.ts';

export interface Problem {
  readonly code: ProblemCode;
  readonly registry: string;
  /** Service name as the registry spells it, or '' where the problem is not about one. */
  readonly service: string;
  /** Instance id, or '' where the problem is about the whole service. */
  readonly instance: string;
  /** What was found, cut to 200 characters by `problem()`. Never a secret. */
  readonly value: string;
}

const LONGEST_VALUE = 200;

/** Makes a Problem; `about` needs a registry, the rest defaults to ''. Control characters are replaced: texts end in logs. */
export function problem(
  code: ProblemCode,
  about: { readonly registry: string; readonly service?: string; readonly instance?: string },
  value: string,
): Problem {
  return {
    code,
    registry: about.registry,
    service: printable(about.service ?? '', LONGEST_VALUE),
    instance: printable(about.instance ?? '', LONGEST_VALUE),
    value: printable(value, LONGEST_VALUE),
  };
}

/** The whole sentence with the remedy, for people. */
export function problemSentence(found: Problem): string {
  return `${problemStatement(found)} ${problemRemedy(found.code)}`;
}

/** What happened. */
export function problemStatement({ code, value }: Problem): string {
  return CATALOGUE[code].sentence.replaceAll('{value}', () => value);
}

/** Whom it is about: `registry/service/instance`, as far as it goes. */
export function problemSubject({ registry, service, instance }: Problem): string {
  return [registry, service, instance].filter((part) => part !== '').join('/');
}

/** What a person can do about it. */
export function problemRemedy(code: ProblemCode): string {
  return CATALOGUE[code].remedy;
}

export function problemLoss(code: ProblemCode): Loss {
  return CATALOGUE[code].loss;
}
