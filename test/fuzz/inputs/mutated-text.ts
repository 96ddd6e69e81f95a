// Texts: one out of a corpus with a few changes made to it.
import fc from 'fast-check';
import { oddText } from './oddities.ts';
import { mutateText, textMutation } from './text-mutation.ts';

const MOST_CHANGES = 4;

export function mutatedText(
  corpus: readonly string[],
  tokens: readonly string[],
  largest: number,
): fc.Arbitrary<string> {
  const changes = fc.array(textMutation(tokens, oddText, largest), { maxLength: MOST_CHANGES });
  return fc.tuple(fc.constantFrom(...corpus), changes).map(([text, made]) => made.reduce(mutateText, text));
}
