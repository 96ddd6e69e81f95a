// What a page may say of its commands, and what a test does with them. Commands stand in blocks of the language `console`,
// without a prompt, so that a reader can copy them. The words behind the language tell the rest:
//
//   console          run from the root of a clone, in the order of the page; every command has to succeed
//   console exit=3   the same, and the block ends with this code
//   console stays    runs until Ctrl-C: it goes on beside the blocks that follow, until the section (`## `) ends, or the
//                    page, where it is started before the first one
//   console cluster  needs a cluster, a machine with Docker or a mesh: its syntax is checked, the options of footbridge, and, where the real
//                    Helm is at hand, every `helm install` and `helm upgrade` is rendered
//   text output      what the block before it prints. `…` stands for anything within a line, and alone for any lines
//   yaml FILE        is written to FILE before the blocks that follow are run
import type { Block } from './pages.ts';

export type Step =
  | {
      readonly kind: 'run';
      readonly place: string;
      readonly script: string;
      readonly exit: number;
      readonly output: Said;
    }
  | {
      readonly kind: 'stay';
      readonly untilPageEnds: boolean;
      readonly place: string;
      readonly script: string;
      readonly output: Said;
    }
  /** A section ends: what stays is ended. */
  | { readonly kind: 'end'; readonly place: string }
  | { readonly kind: 'file'; readonly place: string; readonly path: string; readonly text: string };

/** Lines that the page promises; undefined: it promises none. */
type Said = readonly string[] | undefined;

/** What is to be done for these blocks of one page, in order. What needs a cluster is left out. Throws where a word means nothing. */
export function stepsOf(blocks: readonly Block[]): readonly Step[] {
  return blocks.flatMap((block, index): Step[] => {
    const isFirst = block.section !== blocks[index - 1]?.section;
    return [
      ...(isFirst ? [{ kind: 'end', place: block.place } as const] : []),
      ...stepsOfBlock(block, blocks[index + 1]),
    ];
  });
}

function stepsOfBlock(block: Block, next: Block | undefined): Step[] {
  const { place, text } = block;
  if (block.language === 'yaml') return fileSteps(block);
  const wish = consoleWish(block);
  if (wish === undefined || wish === 'cluster') return [];
  const output = next !== undefined && isOutput(next) ? next.text.trimEnd().split('\n') : undefined;
  return wish === 'stays'
    ? [{ kind: 'stay', untilPageEnds: block.section === 0, place, script: text, output }]
    : [{ kind: 'run', place, script: text, exit: wish, output }];
}

function fileSteps({ words: [path, ...rest], place, text }: Block): Step[] {
  if (path === undefined || path.includes('=')) return [];
  if (rest.length > 0) throw new Error(`${place}: a yaml block has one file name`);
  return [{ kind: 'file', place, path, text }];
}

export function isOutput({ language, words }: Block): boolean {
  return language === 'text' && words[0] === 'output';
}

/** The exit code that a block has to end with, or how else it is meant; undefined: it is no console block. */
export function consoleWish({ language, words, place }: Block): number | 'stays' | 'cluster' | undefined {
  if (language !== 'console') return undefined;
  const [word, ...rest] = words;
  const exit = /^exit=(\d+)$/.exec(word ?? '')?.[1];
  if (rest.length > 0) throw new Error(`${place}: a console block has at most one word behind it`);
  if (word === undefined) return 0;
  if (word === 'stays' || word === 'cluster') return word;
  if (exit === undefined)
    throw new Error(`${place}: \`console ${word}\` means nothing (see test/docs/console-block.ts)`);
  return Number(exit);
}
