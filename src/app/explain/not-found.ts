// SPDX-License-Identifier: Apache-2.0
// What is answered where nothing is called so: what each registry says to the question, how sure that is, and what is spelled
// alike.
import type { NotFound } from '../../admin/explanation.ts';
import { nearestNames } from '../../lib/nearest.ts';
import { printable } from '../../lib/printable.ts';
import { isWholeRegistry } from '../../registry/scope.ts';
import { knownNames } from './find.ts';
import { type ExplainInput, slicesOf } from './input.ts';
import { registrySilence } from './registry-stage.ts';
import type { TurnIndex } from './turn-index.ts';

const MOST_NEAREST = 5;

export function notFound(asked: string, input: ExplainInput, index: TurnIndex | undefined): NotFound {
  const slices = slicesOf(input);
  const isDump = input.served === undefined;
  const registries = slices.map((slice) => registrySilence(asked, slice, input.outside(slice.registry), isDump));
  const names = new Map([...knownNames(input, index)].map((one) => [one.key, one]));
  const nearest = nearestNames(asked, names.values(), ({ name }) => name, MOST_NEAREST);
  const alike = nearest.map(({ registry, name }) => ({ registry, service: name }));
  const isCertain = registries.every(({ verdict }) => verdict === 'stopped');
  const sentence = isCertain ? nobodySentence(asked, input) : `Nothing is known of ${printable(asked)}.`;
  return { kind: 'not-found', asked, sentence, nearest: alike, registries };
}

/** Of what a scope leaves out no host is made and no instance is kept, so nobody can say that none is called so. */
function nobodySentence(asked: string, input: ExplainInput): string {
  const isWhole = slicesOf(input).every(({ registry }) => {
    const scope = input.outside(registry).scope ?? input.config.registries[registry]?.scope;
    return scope !== undefined && isWholeRegistry(scope);
  });
  return isWhole
    ? `No registry lists ${printable(asked)}, and no host or instance is called so.`
    : `No registry lists ${printable(asked)}, and no host or instance in scope is called so; of what is outside the scope only names of services are known.`;
}
