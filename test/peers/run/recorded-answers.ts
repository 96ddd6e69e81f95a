// Everything that a bridge tells of its entries while a test does something else. It is told at once and not asked for now and
// then: what lasts for one answer is seen too.
import { systemClock } from '../../../src/lib/clock.ts';
import { ConfigSourceProbe, type ProbeAnswer } from '../../../src/probe/config-source.ts';
import type { Bridge } from './bridge.ts';
import type { Teardown } from './teardown.ts';

export class RecordedAnswers {
  readonly #answers: ProbeAnswer[] = [];
  readonly #reasons: string[] = [];

  /** Connects as istiod does; the first answer is what the bridge serves now. */
  static start(teardown: Teardown, bridge: Bridge): RecordedAnswers {
    const recorded = new RecordedAnswers();
    const events = {
      onAnswer: (answer: ProbeAnswer) => void recorded.#answers.push(answer),
      onDisconnected: ({ reason }: { readonly reason: string }) => void recorded.#reasons.push(reason),
    };
    const options = { address: bridge.hostPort, name: 'recorder' };
    const probe = new ConfigSourceProbe(options, events, { clock: systemClock, random: Math.random });
    teardown.add('the recorder', () => probe.close());
    return recorded;
  }

  /** Connections that were lost, for whatever reason: then something may be missing here. Good is empty. */
  get gaps(): readonly string[] {
    return this.#reasons;
  }

  /** The place of the newest answer, to tell from there on. */
  mark(): number {
    return Math.max(0, this.#answers.length - 1);
  }

  /** What an entry was, one after the other: what `told` makes of it, each only where it differs from the one before. */
  historyOf(name: string, told: (spec: Readonly<Record<string, unknown>>) => string, since = 0): readonly string[] {
    const history = this.#answers.slice(since).map(({ resources }) => {
      const resource = resources.get(name);
      return resource === undefined ? 'no such entry' : told(resource.spec ?? {});
    });
    return history.filter((text, index) => text !== history[index - 1]);
  }

  /** The different versions that an entry had. */
  versionsOf(name: string): readonly string[] {
    return [...new Set(this.#answers.map(({ resources }) => resources.get(name)?.version ?? 'no such entry'))];
  }
}
