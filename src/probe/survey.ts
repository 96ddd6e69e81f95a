// SPDX-License-Identifier: Apache-2.0
// What a config source answers within a deadline, and what not: for judging one, where `readConfigSource` only knows all or
// nothing.
import { ConfigSourceProbe, type ProbeAnswer, type ProbeDeps, type ProbeOptions } from './config-source.ts';

export interface Survey {
  /** The first answer of each type, by type url. */
  readonly answers: ReadonlyMap<string, ProbeAnswer>;
  readonly unanswered: readonly string[];
  /** Why the stream ended before the deadline, if it did. */
  readonly ended: string | undefined;
}

/** Ends when every type is answered, when the source ends the stream, or at the deadline. */
export function surveyConfigSource(
  options: ProbeOptions & { readonly typeUrls: readonly string[] },
  deadlineMs: number,
  deps: ProbeDeps,
): Promise<Survey> {
  return new Promise((resolve) => {
    const answers = new Map<string, ProbeAnswer>();
    const finish = (ended?: string) => {
      cancelDeadline();
      probe.close();
      resolve({ answers, unanswered: options.typeUrls.filter((typeUrl) => !answers.has(typeUrl)), ended });
    };
    const events = {
      onAnswer(answer: ProbeAnswer) {
        if (!answers.has(answer.typeUrl)) answers.set(answer.typeUrl, answer);
        if (options.typeUrls.every((typeUrl) => answers.has(typeUrl))) finish();
      },
      onDisconnected: ({ reason }: { readonly reason: string }) => finish(reason),
    };
    const probe = new ConfigSourceProbe(options, events, deps);
    const cancelDeadline = deps.clock.after(deadlineMs, () => finish());
  });
}
