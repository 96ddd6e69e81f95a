// Any order of what registries, operators and clients of every protocol can do, over the real pipeline and the real streams.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Model, type Said } from './protocol-model/model.ts';
import { PROTOCOLS, type ProtocolKind } from './protocol-model/protocols.ts';

interface Nothing {
  readonly empty?: never;
}

/** One thing that happens; the books are kept by `Model`, so there is no second model beside it. */
class Step implements fc.Command<Nothing, Model> {
  readonly #sentence: string;
  readonly #happen: (model: Model) => void;

  constructor(sentence: string, happen: (model: Model) => void) {
    this.#sentence = sentence;
    this.#happen = happen;
  }

  check(): boolean {
    return true;
  }

  run(_: Nothing, model: Model): void {
    this.#happen(model);
    model.check();
  }

  toString(): string {
    return this.#sentence;
  }
}

const SERVICES = ['a', 'b', 'c', 'd', 'e', 'f'];

const saidArbitrary: fc.Arbitrary<Said> = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: fc.subarray(SERVICES) },
      { weight: 3, arbitrary: fc.constant(SERVICES) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([names, digit]) => Object.fromEntries(names.map((name, at) => [name, at === 0 ? digit : 1])));

const kindArbitrary = fc.constantFrom(...(Object.keys(PROTOCOLS) as ProtocolKind[]));
const clientArbitrary = fc.nat({ max: 4 });

function ofClient(
  what: string,
  happen: (model: Model, process: Model['processes'][number]) => void,
): fc.Arbitrary<Step> {
  return clientArbitrary.map(
    (at) =>
      new Step(`${what}(${at})`, (model) => {
        const process = model.processes[at % Math.max(1, model.processes.length)];
        if (process !== undefined) happen(model, process);
      }),
  );
}

function ofStream(what: string, happen: (stream: Model['processes'][number]['stream']) => void): fc.Arbitrary<Step> {
  return ofClient(what, (_, { stream }) => void (stream.isOpen && happen(stream)));
}

const connect = (ages: readonly number[]) =>
  fc
    .tuple(
      fc.oneof({ weight: 2, arbitrary: fc.constant('sotw' as const) }, { weight: 3, arbitrary: kindArbitrary }),
      fc.constantFrom(...ages),
    )
    .map(
      ([kind, ageMs]) =>
        new Step(
          `connect(${kind}, ${ageMs} ms old)`,
          (model) => model.processes.length < 5 && model.connect(kind, ageMs),
        ),
    );
const read = saidArbitrary.map((said) => new Step(`read(${JSON.stringify(said)})`, (model) => model.read(said)));
const fail = fc.constant(new Step('fail', (model) => model.fail()));
const release = fc.constant(new Step('release', (model) => model.release()));
const pass = (...times: readonly number[]) =>
  fc.constantFrom(...times).map((ms) => new Step(`pass(${ms} ms)`, (model) => model.bridge.clock.advance(ms)));
const portion = fc.constantFrom(0, 0.5, 1);
const nack = fc
  .tuple(portion, clientArbitrary)
  .map(
    ([share, at]) =>
      new Step(
        `nack(${at}, after ${share})`,
        ({ processes }) =>
          processes[at % Math.max(1, processes.length)]?.stream.isOpen &&
          processes[at % processes.length]?.stream.nack(share),
      ),
  );
const clients = [
  ofStream('ack', (stream) => stream.ack()),
  nack,
  ofStream('take', (stream) => stream.take()),
  ofStream('stale nonce', (stream) => stream.stale()),
  ofStream('ask again', (stream) => stream.askAgain()),
  ofClient('disconnect', (model, process) => model.disconnect(process)),
  ofClient('reconnect', (model, process) => model.reconnect(process)),
];

function play(commands: Iterable<fc.Command<Nothing, Model>>, then: (model: Model) => void): void {
  const model = new Model();
  fc.modelRun(() => ({ model: {}, real: model }), commands);
  then(model);
  void model.bridge.close();
}

describe('clients of every protocol, whatever happens in whatever order', () => {
  test('hold exactly the snapshot at last, were told nothing twice, and lost nothing that the registry did not let go', () => {
    const steps = fc.commands(
      [
        connect([300, 3_600_000]),
        read,
        read,
        fail,
        release,
        pass(50, 1_100),
        pass(6_000, 61_000),
        ...clients,
        ofStream('ack', (stream) => stream.ack()),
      ],
      { maxCommands: 60, size: 'max' },
    );
    fc.assert(
      fc.property(steps, fc.integer({ min: 4, max: 9 }), saidArbitrary, (commands, digit, said) => {
        play(commands, (model) => {
          // What was refused last is not sent again, so the last content is one that nobody was offered yet.
          const last = { ...said, last: digit };
          model.settle(last);
          model.checkQuiet(last);
        });
      }),
      { numRuns: 100 },
    );
  });

  test('are told nothing before the first good read, but who holds nothing for certain, after the bound, and alone', () => {
    const steps = fc.commands(
      [
        connect([300, 20_000, 40_000, 3_600_000]),
        connect([300]),
        fail,
        pass(1_000, 30_000),
        pass(60_000, 120_000),
        pass(119_999),
        ...clients,
      ],
      { maxCommands: 40, size: 'max' },
    );
    let early = 0;
    fc.assert(
      fc.property(steps, (commands) => {
        play(commands, (model) => {
          const told = model.processes.flatMap(({ stream }) => stream.receipts);
          for (const { resources } of told) assert.equal(resources.size, 0);
          early += told.length;
        });
      }),
      { numRuns: 300 },
    );
    assert.ok(early > 20, `only ${early} answers were early: the property says little`);
  });
});
