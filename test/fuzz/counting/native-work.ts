// What the language's own calls go through: `includes` in a loop over the same list is quadratic and has no loop of its own that
// could be counted. Calls that take a function are not here: the function counts itself. Expressions (`/…/`) are not either, since
// nobody tells how far they looked: against those that run away there is the watchdog.
import { addWork } from './work.ts';

type Call = (this: unknown, ...given: unknown[]) => unknown;
/** What a call went through. `self` is what it was called on. */
type Cost = (result: unknown, self: unknown, given: readonly unknown[]) => number;

const ofSelf: Cost = (_result, self) => lengthOf(self);
const ofResult: Cost = (result) => lengthOf(result);
const ofFirst: Cost = (_result, _self, [first]) => lengthOf(first);
/** Up to where something was found, from where it was looked for. */
const upToFound: Cost = (result, self, [, from]) => {
  const start = typeof from === 'number' ? from : 0;
  const end = typeof result === 'number' && result >= 0 ? result + 1 : lengthOf(self);
  return Math.max(0, end - start);
};

/** `includes` tells no place. */
const upToIncluded: Cost = (result, self, [searched]) => {
  if (result !== true) return lengthOf(self);
  if (typeof self === 'string') return self.indexOf(String(searched)) + 1;
  return Array.isArray(self) ? indexOf.call(self, searched) + 1 : lengthOf(self);
};

const { indexOf } = Array.prototype;

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  if ('length' in value && typeof value.length === 'number') return value.length;
  return 'size' in value && typeof value.size === 'number' ? value.size : 0;
}

/** Meters the calls of this thread from now on. */
export function meterNativeWork(): void {
  for (const name of ['concat', 'join', 'reverse', 'splice', 'unshift']) meter(Array.prototype, name, ofSelf);
  meter(Array.prototype, 'slice', ofResult);
  meter(Array.prototype, 'indexOf', upToFound);
  meter(Array.prototype, 'includes', upToIncluded);
  for (const name of ['split', 'replaceAll', 'toLowerCase', 'toUpperCase']) meter(String.prototype, name, ofSelf);
  meter(String.prototype, 'indexOf', upToFound);
  meter(String.prototype, 'includes', upToIncluded);
  for (const name of ['keys', 'values', 'entries', 'assign']) meter(Object, name, ofResult);
  meter(Object, 'fromEntries', ofFirst);
  meter(Array, 'from', ofResult);
  meter(JSON, 'parse', ofFirst);
  meter(JSON, 'stringify', ofResult);
  meter(Buffer, 'concat', ofResult);
  meter(Buffer.prototype, 'toString', ofResult);
  meter(globalThis, 'decodeURIComponent', ofFirst);
  meter(globalThis, 'encodeURIComponent', ofFirst);
}

function meter(owner: object, name: string, cost: Cost): void {
  const call: unknown = Reflect.get(owner, name);
  if (typeof call !== 'function') throw new Error(`there is no ${name} to meter`);
  const original = call as Call;
  function metered(this: unknown, ...given: unknown[]): unknown {
    const result = Reflect.apply(original, this, given);
    addWork(cost(result, this, given));
    return result;
  }
  Object.defineProperty(owner, name, { value: metered, writable: true, configurable: true, enumerable: false });
}
