// SPDX-License-Identifier: Apache-2.0
// YAML (and so JSON) text → plain values, strictly: duplicate keys, tags, several documents and many anchors are refused;
// numbers count only in plain digits, so that `0x10`, `1e3` and `007` stay texts and are refused where a number is due.
// Mappings become Maps. Sentences never quote the text: it may hold a secret.
import { isAlias, isCollection, isMap, isScalar, LineCounter, parseDocument, visit, type YAMLMap } from 'yaml';
import { isNestedTooDeeply } from '../lib/yaml-nesting.ts';
import { yamlRefusal } from '../lib/yaml-refusal.ts';

export interface ConfigDocument {
  readonly content: unknown;
  /** Line (from 1) where the value at this path stands; undefined when it cannot be told. */
  readonly lineOf: (path: readonly string[]) => number | undefined;
}

export type DocumentReading =
  | { readonly kind: 'document'; readonly document: ConfigDocument }
  | { readonly kind: 'broken'; readonly rule: string; readonly line: number | undefined };

const MOST_ALIASES = 50;
const DEEPEST = 32;
const PLAIN_INTEGER = /^-?(?:0|[1-9][0-9]*)$/;

const TOO_DEEP = 'is nested too deeply or is not valid YAML';
const ALIASES = 'uses an alias without its anchor, or too many aliases';
const TAG = 'uses a YAML tag; write plain values';

const SENTENCES: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'must be one YAML document',
  TAB_AS_INDENT: 'is indented with a tab; YAML wants spaces',
  BAD_INDENT: 'is not indented as YAML needs it',
  TAG_RESOLVE_FAILED: TAG,
  NON_STRING_KEY: 'uses something other than a text as a key',
};

/** Reads a whole document. The empty text is a document whose content is null. */
export function readDocument(text: string): DocumentReading {
  if (isNestedTooDeeply(text)) return broken(TOO_DEEP, undefined);
  const lines = new LineCounter();
  try {
    return parse(text, lines);
  } catch {
    // The parser throws for what it did not foresee, and that ends here instead of in the caller.
    return broken(TOO_DEEP, undefined);
  }
}

function parse(text: string, lines: LineCounter): DocumentReading {
  const options = { prettyErrors: false, lineCounter: lines, stringKeys: true, uniqueKeys: false } as const;
  const document = parseDocument(text, options);
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) {
    return broken(SENTENCES[error.code] ?? 'is not valid YAML', lines.linePos(error.pos[0]).line);
  }
  const refusal = yamlRefusal(document.contents);
  if (refusal?.kind === 'repeated-key') return broken('holds the same key twice', lines.linePos(refusal.at).line);
  if (refusal !== undefined) return broken(ALIASES, undefined);
  const rule = normaliseScalars(document);
  if (rule !== undefined) return broken(rule, undefined);
  let content: unknown;
  try {
    content = document.toJS({ mapAsMap: true, maxAliasCount: MOST_ALIASES });
  } catch {
    return broken(ALIASES, undefined);
  }
  const nodes = new NodesByPath(document.contents);
  const lineOf = (path: readonly string[]): number | undefined => {
    const node = nodes.at(path);
    const range = isScalar(node) || isCollection(node) || isAlias(node) ? node.range : undefined;
    return range === undefined || range === null ? undefined : lines.linePos(range[0]).line;
  };
  return { kind: 'document', document: { content, lineOf } };
}

/** Finds nodes as `Document.getIn` does, but goes through each map once and not for every key of it that is looked for. */
class NodesByPath {
  readonly #contents: unknown;
  readonly #members = new Map<unknown, ReadonlyMap<unknown, unknown>>();

  constructor(contents: unknown) {
    this.#contents = contents;
  }

  at(path: readonly string[]): unknown {
    return path.reduce<unknown>(
      (node, key) => (isMap(node) ? this.#membersOf(node).get(key) : undefined),
      this.#contents,
    );
  }

  #membersOf(map: YAMLMap): ReadonlyMap<unknown, unknown> {
    const known = this.#members.get(map);
    if (known !== undefined) return known;
    const members = new Map(map.items.map(({ key, value }) => [isScalar(key) ? key.value : key, value]));
    this.#members.set(map, members);
    return members;
  }
}

/** Numbers that are not plain integers become the text they were written as. */
function normaliseScalars(document: ReturnType<typeof parseDocument>): string | undefined {
  let refusal: string | undefined;
  visit(document, {
    Node(_, node, ancestors) {
      if (ancestors.length > DEEPEST * 2) refusal = 'is nested too deeply';
      if (!isAlias(node) && node.tag !== undefined) refusal = TAG;
      if (refusal !== undefined) return visit.BREAK;
      if (isScalar(node) && typeof node.value === 'number') {
        const source = node.source ?? '';
        if (!PLAIN_INTEGER.test(source)) node.value = source;
      }
      return undefined;
    },
  });
  return refusal;
}

function broken(rule: string, line: number | undefined): DocumentReading {
  return { kind: 'broken', rule, line };
}
