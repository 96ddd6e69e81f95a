// What a panel is expected to show in a chapter of the story.
import type { Choice } from './choice.ts';
import type { Chapter } from './story.ts';

export interface Expectation {
  readonly in: Chapter;
  /** At the end of the chapter things have settled; what passes by is there at some moment of it. Default: the end. */
  readonly when?: 'at some moment';
  readonly choice?: Choice;
  /** Name of a series → its value, all of them at one moment. */
  readonly shows: Readonly<Record<string, Judge>>;
}

/** Of a panel: at least one. */
export type Expectations = readonly [Expectation, ...Expectation[]];

export interface Judge {
  readonly text: string;
  accepts(value: number | undefined): boolean;
}

export function is(expected: number): Judge {
  return { text: String(expected), accepts: (value) => value === expected };
}

export function above(bound: number): Judge {
  return { text: `above ${bound}`, accepts: (value) => value !== undefined && value > bound };
}

export const ZERO = is(0);
export const SOME = above(0);
/** Zero or more: how much depends on the machine. */
export const A_NUMBER: Judge = { text: 'a number', accepts: (value) => value !== undefined && value >= 0 };
export const ABSENT: Judge = { text: 'absent', accepts: (value) => value === undefined };
