// SPDX-License-Identifier: Apache-2.0
// How deeply a YAML text is nested, told from its lexemes before anything of it is composed: the composer calls itself once for each
// level, and of brackets that close nothing it makes an error each, which costs it the square of their number.
import { Lexer } from 'yaml';

const DEEPEST = 64;
const WIDEST_INDENTATION = 256;

/** Whether `text` is nested so deeply, or has so many closing brackets too many, that it must not be parsed. Linear in its length. */
export function isNestedTooDeeply(text: string): boolean {
  const nesting = new YamlNesting();
  for (const lexeme of new Lexer().lex(text)) if (!nesting.allows(lexeme)) return true;
  return false;
}

/** Follows nesting through the lexemes: brackets, several `- ` or `? ` on one line, and indentation. */
export class YamlNesting {
  #open = 0;
  #closedTooOften = 0;
  #indicatorsOfLine = 0;

  /** False when the text must not be parsed. */
  allows(lexeme: string): boolean {
    if (lexeme === '[' || lexeme === '{') this.#open++;
    else if (lexeme === ']' || lexeme === '}') this.#close();
    else if (lexeme === '-' || lexeme === '?') this.#indicatorsOfLine++;
    else if (lexeme === '\n' || lexeme === '\r\n') this.#indicatorsOfLine = 0;
    const isTooWide = lexeme.length > WIDEST_INDENTATION && lexeme.trim() === '';
    return !isTooWide && this.#open + this.#indicatorsOfLine <= DEEPEST && this.#closedTooOften <= DEEPEST;
  }

  #close(): void {
    if (this.#open > 0) this.#open--;
    else this.#closedTooOften++;
  }
}
