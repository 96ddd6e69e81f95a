// The work done so far in a program that count-work.ts put its counter into: calls of functions, turns of loops, and what calls of
// the language itself go through. Without the counter it stays where it is.

interface Counter {
  done: number;
}

declare global {
  // A `var` because it has to be a property of the global object: the preamble of the counted program makes it.
  var footbridgeFuzzWork: Counter | undefined;
}

globalThis.footbridgeFuzzWork ??= { done: 0 };
const counter: Counter = globalThis.footbridgeFuzzWork;

export function workDone(): number {
  return counter.done;
}

export function addWork(steps: number): void {
  counter.done += steps;
}
