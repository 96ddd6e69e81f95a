// Of a time that a test looks back on: which endpoints were registered throughout it, and which at any moment of it.

export class EstatePeriod {
  readonly #ever: Set<string>;
  readonly #left = new Set<string>();

  /** `registered`: at its beginning. */
  constructor(registered: Iterable<string> = []) {
    this.#ever = new Set(registered);
  }

  came(endpoint: string): void {
    this.#ever.add(endpoint);
  }

  left(endpoint: string): void {
    this.#left.add(endpoint);
  }

  always(endpoint: string): boolean {
    return this.#ever.has(endpoint) && !this.#left.has(endpoint);
  }

  ever(endpoint: string): boolean {
    return this.#ever.has(endpoint);
  }
}
