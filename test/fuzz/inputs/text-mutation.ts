// Changes to a text that somebody could have sent: pieces of it lost, doubled, swapped, repeated, and odd ones put in.
import fc from 'fast-check';
import { type Growth, growthUpTo, repetitions } from './growth.ts';

export interface TextMutation {
  readonly kind: 'insert' | 'delete' | 'repeat' | 'move' | 'replace' | 'truncate' | 'lines';
  /** Where, as shares of the length. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly growth: Growth;
  /** Where in each copy of a piece its number is put, as a share of its length; undefined: copies are all the same. */
  readonly numberAt: number | undefined;
}

const share = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000);

/** `tokens`: what means something in such a text. */
export function textMutation(
  tokens: readonly string[],
  odd: fc.Arbitrary<string>,
  largest: number,
): fc.Arbitrary<TextMutation> {
  return fc.record({
    kind: fc.constantFrom('insert', 'delete', 'repeat', 'move', 'replace', 'truncate', 'lines'),
    from: share,
    to: share,
    text: fc.oneof(fc.constantFrom(...tokens), odd),
    growth: growthUpTo(largest),
    numberAt: fc.option(share, { nil: undefined, freq: 2 }),
  });
}

export function mutateText(text: string, mutation: TextMutation): string {
  const { kind, text: token } = mutation;
  const [from, to] = rangeIn(text, mutation);
  const piece = text.slice(from, to);
  switch (kind) {
    case 'insert':
      return `${text.slice(0, from)}${repeated(token, mutation)}${text.slice(from)}`;
    case 'delete':
      return text.slice(0, from) + text.slice(to);
    case 'repeat':
      return `${text.slice(0, to)}${repeated(piece, mutation)}${text.slice(to)}`;
    case 'move':
      return `${piece}${text.slice(0, from)}${text.slice(to)}`;
    case 'replace':
      return `${text.slice(0, from)}${token}${text.slice(to)}`;
    case 'truncate':
      return text.slice(0, to);
    case 'lines':
      return mutateLines(text, mutation);
  }
}

/** A range is most often short: half of a document that is replaced leaves little that could be read wrongly. */
function rangeIn(text: string, { from, to }: TextMutation): readonly [number, number] {
  const start = Math.floor(from * text.length);
  return [start, Math.min(text.length, start + Math.ceil(to * to * to * text.length))];
}

function mutateLines(text: string, { from, to, growth: grown }: TextMutation): string {
  const lines = text.split('\n');
  const first = Math.floor(from * lines.length);
  const last = Math.min(lines.length, first + 1 + Math.floor(to * 8));
  const block = lines.slice(first, last);
  const times = repetitions(grown, block.join('\n').length + 1);
  const copies = Array.from({ length: times }, (_, index) => numbered(block, index)).flat();
  return [...lines.slice(0, last), ...copies, ...lines.slice(last)].join('\n');
}

/** Copies differ in their numbers, so that they are not all refused as the same. */
function numbered(block: readonly string[], index: number): readonly string[] {
  return block.map((line) => line.replace(/[0-9]{1,3}/, (digits) => `${digits}${index}`));
}

/** With numbers in them, copies of a parameter are as many parameters, and not one that is told again and again. */
function repeated(piece: string, { growth: grown, numberAt }: TextMutation): string {
  const times = Math.max(1, repetitions(grown, piece.length));
  if (numberAt === undefined) return piece.repeat(times);
  const at = Math.round(numberAt * piece.length);
  return Array.from({ length: times }, (_, index) => piece.slice(0, at) + index + piece.slice(at)).join('');
}
