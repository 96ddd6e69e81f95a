// Whether a case changed what every object of the program inherits: `{"__proto__": …}` in the wrong hands does.

/** Everything that values of strangers could inherit from. */
const SHARED: readonly (readonly [name: string, object: object])[] = [
  ['Object.prototype', Object.prototype],
  ['Function.prototype', Function.prototype],
  ['Array.prototype', Array.prototype],
  ['String.prototype', String.prototype],
  ['Number.prototype', Number.prototype],
  ['Boolean.prototype', Boolean.prototype],
  ['RegExp.prototype', RegExp.prototype],
  ['Date.prototype', Date.prototype],
  ['Error.prototype', Error.prototype],
  ['Map.prototype', Map.prototype],
  ['Set.prototype', Set.prototype],
  ['Promise.prototype', Promise.prototype],
  ['Buffer.prototype', Buffer.prototype],
  ['Uint8Array.prototype', Uint8Array.prototype],
  ['Object', Object],
  ['Array', Array],
];

interface Known {
  readonly name: string;
  readonly object: object;
  readonly prototype: object | null;
  readonly properties: ReadonlyMap<PropertyKey, PropertyDescriptor>;
}

/** Taken when nothing has run yet. */
export class Prototypes {
  readonly #known: readonly Known[] = SHARED.map(([name, object]) => ({
    name,
    object,
    prototype: Object.getPrototypeOf(object),
    properties: propertiesOf(object),
  }));

  /** Says what was changed, and puts everything back so that the next case finds a clean world. */
  takeChange(): string | undefined {
    let change: string | undefined;
    for (const known of this.#known) {
      const found = changeIn(known);
      if (found === undefined) continue;
      change ??= found;
      restore(known);
    }
    return change;
  }
}

function changeIn({ name, object, prototype, properties }: Known): string | undefined {
  if (Object.getPrototypeOf(object) !== prototype) return `${name} inherits from something else`;
  for (const key of Reflect.ownKeys(object)) if (!properties.has(key)) return `${name}.${String(key)} came to be`;
  for (const [key, former] of properties) {
    const now = Object.getOwnPropertyDescriptor(object, key);
    if (now === undefined) return `${name}.${String(key)} is gone`;
    if (now.value !== former.value || now.get !== former.get || now.set !== former.set)
      return `${name}.${String(key)} is another one`;
  }
  return undefined;
}

function restore({ object, prototype, properties }: Known): void {
  if (Object.getPrototypeOf(object) !== prototype) Object.setPrototypeOf(object, prototype);
  for (const key of Reflect.ownKeys(object)) if (!properties.has(key)) Reflect.deleteProperty(object, key);
  for (const [key, former] of properties) Reflect.defineProperty(object, key, former);
}

function propertiesOf(object: object): ReadonlyMap<PropertyKey, PropertyDescriptor> {
  return new Map(
    Reflect.ownKeys(object).map((key) => [key, Object.getOwnPropertyDescriptor(object, key) ?? {}] as const),
  );
}
