// SPDX-License-Identifier: Apache-2.0
// A rule of the gate that something in an entry breaks.
import type { ProblemCode } from '../model/problem.ts';

export interface Refusal {
  readonly code: ProblemCode;
  readonly value: string;
}
