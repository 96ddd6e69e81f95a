// What a test opened, ended in reverse order when it is over, whatever became of it. One failing end stops no other.

export class Teardown {
  readonly #ends: { readonly what: string; readonly end: () => void | Promise<void> }[] = [];

  add(what: string, end: () => void | Promise<void>): void {
    this.#ends.push({ what, end });
  }

  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (let next = this.#ends.pop(); next !== undefined; next = this.#ends.pop()) {
      try {
        await next.end();
      } catch (error) {
        failures.push(new Error(`could not end ${next.what}`, { cause: error }));
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'the teardown failed');
  }
}
