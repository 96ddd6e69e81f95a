// Decoders with a defect planted in each of them: what the fuzzer must find to be believed. They are never run but by its own test.
import type fc from 'fast-check';
import { objectOf, parsedJson } from '../../src/lib/json-value.ts';
import { LARGE, MODERATE } from './inputs/growth.ts';
import { mutatedJson } from './inputs/mutated-json.ts';
import { mutatedText } from './inputs/mutated-text.ts';
import { type RunnableTarget, runnable } from './run/run-cases.ts';
import type { Target } from './target.ts';

const seeds = [{ services: [{ name: 'orders', labels: { team: 'payments' } }] }];
/** Three times what they would need without the defect, as for real targets. */
const budget = { perCase: 1000, perByte: 5 };

function planted(name: string, inputs: fc.Arbitrary<string>, decode: (text: string) => unknown): RunnableTarget {
  const target: Target<string> = { name: `planted-${name}`, inputs, sizeOf: (text) => text.length, decode, budget };
  return runnable(target);
}

function servicesIn(text: string): readonly unknown[] {
  const services = objectOf(parsedJson(text))?.['services'];
  return Array.isArray(services) ? services : [];
}

/** Takes a name for a text. */
function throwing(text: string): unknown {
  return servicesIn(text).map((service) => (Object(service).name as string).toUpperCase());
}

/** Looks for each service among all of them. */
function quadratic(text: string): unknown {
  const services = servicesIn(text);
  return services.filter((service) => services.every((other) => other !== 'none' && service !== 'none')).length;
}

/** The same without a loop of its own. */
function quadraticNatively(text: string): unknown {
  const services = servicesIn(text);
  return services.filter((service) => services.includes({ service })).length;
}

/** Merges what it was given, as loaders of configuration used to. */
function polluting(text: string): unknown {
  const merge = (into: Record<string, unknown>, from: object): void => {
    for (const [key, value] of Object.entries(from)) {
      const below = objectOf(value);
      const known = into[key];
      if (below !== undefined && typeof known === 'object' && known !== null)
        merge(known as Record<string, unknown>, below);
      else into[key] = value;
    }
  };
  const merged = {};
  merge(merged, objectOf(parsedJson(text)) ?? {});
  return Object.keys(merged).length;
}

/** Puts members of strangers into an ordinary object. */
function inheriting(text: string): unknown {
  const found: Record<string, unknown> = {};
  for (const service of servicesIn(text)) {
    for (const [key, value] of Object.entries(objectOf(objectOf(service)?.['labels']) ?? {})) found[key] = value;
  }
  return found;
}

/** Goes on until the end of a bracket that may never come. */
function hanging(text: string): unknown {
  let at = 0;
  while (text.includes('[') && text[at] !== ']') at = (at + 1) % text.length;
  return at;
}

export const PLANTED: readonly RunnableTarget[] = [
  planted('throw', mutatedJson(seeds, LARGE), throwing),
  planted('quadratic', mutatedJson(seeds, LARGE), quadratic),
  planted('quadratic-natively', mutatedJson(seeds, LARGE), quadraticNatively),
  planted('pollution', mutatedJson(seeds, LARGE), polluting),
  planted('inheritance', mutatedJson(seeds, LARGE), inheriting),
];

/** By itself, since it takes the patience of the watchdog. */
export const PLANTED_HANG = planted('hang', mutatedText(['[1, 2]', '{}'], ['[', ']'], MODERATE), hanging);
