// SPDX-License-Identifier: Apache-2.0
// Text → one YAML document (JSON is YAML) made of Maps, arrays, strings and null. It knows nothing of services.
// Scalars stay the text that a person typed: `version: 1.10` is "1.10", not the number 1.1.
import { Composer, type CST, Lexer, Parser, type SchemaOptions } from 'yaml';
import { YamlNesting } from '../../lib/yaml-nesting.ts';
import { yamlRefusal } from '../../lib/yaml-refusal.ts';

type Token = CST.Token;

export type DocumentValue = string | null | readonly DocumentValue[] | ReadonlyMap<unknown, DocumentValue>;

export type ParsedDocument =
  | { readonly kind: 'parsed'; readonly value: DocumentValue }
  /** `message` names line and column where they are known. */
  | { readonly kind: 'broken'; readonly message: string };

/** How many times an anchored value may be repeated: small files must not grow into large values. */
const MOST_ALIASES = 100;

/**
 * `failsafe` knows strings, lists and maps only; `null` is added for keys without a value. Tags are looked past: the parser would still
 * make bytes of `!!binary`, and a Set of `!!set`.
 */
const TEXTS_ALONE: SchemaOptions = { schema: 'failsafe', customTags: ['null'], resolveKnownTags: false };

/** About ten milliseconds of work. */
const LEXEMES_PER_STEP = 4000;

/** Parses exactly one document. Duplicate keys, several documents and absurd nesting are errors; nothing is thrown. */
export function parseYamlDocument(text: string): ParsedDocument {
  const steps = parseSteps(text);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in small steps with a `pause` between: ten thousand instances take a second, and streams must not wait so long. */
export async function parseYamlDocumentInSteps(text: string, pause: () => Promise<void>): Promise<ParsedDocument> {
  const steps = parseSteps(text);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await pause();
  }
}

function* parseSteps(text: string): Generator<void, ParsedDocument> {
  try {
    const tokens = yield* tokenSteps(text);
    const composer = new Composer({ ...TEXTS_ALONE, logLevel: 'silent', uniqueKeys: false });
    const [document, second] = [...composer.compose(tokens, true, text.length)];
    if (document === undefined) return broken('there is no document in it');
    if (second !== undefined) return broken('it holds several documents; one is expected');
    const [error] = document.errors;
    if (error !== undefined) return broken(`${describePlace(text, error.pos[0])}: ${error.message}`);
    const refusal = yamlRefusal(document.contents);
    if (refusal?.kind === 'repeated-key') return broken(`${describePlace(text, refusal.at)}: Map keys must be unique`);
    if (refusal !== undefined) return broken('it uses too many aliases');
    return { kind: 'parsed', value: document.toJS({ mapAsMap: true, maxAliasCount: MOST_ALIASES }) as DocumentValue };
  } catch (cause) {
    return broken(cause instanceof Error ? cause.message : 'it cannot be parsed');
  }
}

/** Most of the work, and the part that can be interrupted; composing takes a tenth of it. */
function* tokenSteps(text: string): Generator<void, Token[]> {
  const tokens: Token[] = [];
  const parser = new Parser();
  const nesting = new YamlNesting();
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (!nesting.allows(lexeme)) throw new Error('it is nested too deeply');
    tokens.push(...parser.next(lexeme));
    if (++lexemes % LEXEMES_PER_STEP === 0) yield;
  }
  tokens.push(...parser.end());
  return tokens;
}

function broken(message: string): ParsedDocument {
  return { kind: 'broken', message };
}

function describePlace(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return `line ${line}, column ${offset - before.lastIndexOf('\n')}`;
}
