// Goes through what a decoder gave: how much it is, and whether something in it inherits from what a stranger sent.

/** How many values there are, each object counted once. Throws where an object has a prototype that a stranger made. */
export function walkOutput(output: unknown): number {
  const seen = new Set<object>();
  const waiting: unknown[] = [output];
  let values = 0;
  while (waiting.length > 0) {
    const value = waiting.pop();
    values++;
    if (typeof value !== 'object' || value === null || seen.has(value) || ArrayBuffer.isView(value)) continue;
    seen.add(value);
    expectKnownPrototype(value);
    if (value instanceof Map) for (const [key, item] of value) waiting.push(key, item);
    else if (value instanceof Set) for (const item of value) waiting.push(item);
    else for (const item of Object.values(value)) waiting.push(item);
  }
  return values;
}

/** A class of the program has a constructor; an object that was made out of JSON and put in the place of one has none of its own. */
function expectKnownPrototype(value: object): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== 'object' || prototype === null) return;
  const made = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  if (typeof made !== 'function') throw new Error('an object in the output inherits from what was sent');
}
