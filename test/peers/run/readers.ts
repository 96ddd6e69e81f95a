// Clients that read everything a bridge serves, as a process that can be frozen, and what each of them was told.
import { join } from 'node:path';
import { Child } from './child.ts';
import type { ReaderProtocol } from './reader.ts';
import type { Teardown } from './teardown.ts';

/** Whose label `version` says which change a set of entries is of. */
export const MARKED_SERVICE = 'marked';

export const isMarked = (resourceName: string): boolean => resourceName.endsWith(`.${MARKED_SERVICE}`);

export interface ReaderAnswer {
  /** Of the set that it holds with this answer. */
  readonly mark: string;
  /** How many entries it holds. */
  readonly held: number;
  /** How many the answer had. */
  readonly told: number;
}

/** What readers-program.ts prints. */
export type ReaderLine =
  | { readonly reader: number; readonly answer: ReaderAnswer }
  | { readonly reader: number; readonly lost: string };

export class Readers {
  readonly protocols: readonly ReaderProtocol[];
  readonly process: Child;
  readonly #answers: ReaderAnswer[][];
  #lost = 0;
  #read = 0;

  private constructor(protocols: readonly ReaderProtocol[], process: Child) {
    this.protocols = protocols;
    this.process = process;
    this.#answers = protocols.map(() => []);
  }

  /** One reader of each protocol that is named, in the order of naming. */
  static start(teardown: Teardown, address: string, protocols: readonly ReaderProtocol[]): Readers {
    const program = join(import.meta.dirname, 'readers-program.ts');
    const args = ['--import', 'tsx', program, address, ...protocols];
    const child = new Child({ name: `readers-${protocols.length}`, command: process.execPath, args });
    teardown.add('the readers', () => child.kill());
    return new Readers(protocols, child);
  }

  /** Of each reader, all its answers so far. */
  answers(): readonly (readonly ReaderAnswer[])[] {
    this.#readOn();
    return this.#answers;
  }

  /** How many streams were lost so far. */
  lost(): number {
    this.#readOn();
    return this.#lost;
  }

  #readOn(): void {
    const lines = this.process.lines.slice(this.#read);
    this.#read += lines.length;
    for (const text of lines) {
      const line = JSON.parse(text) as ReaderLine;
      if ('lost' in line) this.#lost++;
      else this.#answers[line.reader]?.push(line.answer);
    }
  }
}
