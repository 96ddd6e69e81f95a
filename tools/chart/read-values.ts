// Reads values.yaml of the chart as what it is: the documentation of the values. Above a key stand its sentence (`# --`, with
// the lines that follow) and what its default does not tell (`# @`, a YAML mapping). A required value has no default: its key is
// itself a comment. Helm reads the same file, so nothing can be documented that is not there.
import { parse } from 'yaml';

export interface Hint {
  /** There is no default: whoever installs has to give it. */
  readonly required?: boolean;
  /** The part of the program's own schema that it is. */
  readonly program?: string;
  /** The Kubernetes type that it is handed on as; its keys are Kubernetes' business. */
  readonly open?: string;
  /** Schema of every value of a mapping with free keys. */
  readonly values?: JsonObject;
  /** For the table, where there is no default to show. */
  readonly example?: string;
  /** Further keywords of JSON Schema. */
  readonly keywords: JsonObject;
}

export interface ChartValue {
  readonly path: readonly string[];
  readonly sentence: string;
  readonly hint: Hint;
  /** undefined: required. */
  readonly default: unknown;
}

type JsonObject = Readonly<Record<string, unknown>>;

const KEY = /^( *)(# )?([A-Za-z]\w*):(?= |$)/;

/** Every value in the order of the file. Throws where one has no sentence. */
export function readValues(text: string): readonly ChartValue[] {
  const defaults: unknown = parse(text);
  const values: ChartValue[] = [];
  let sections: readonly { readonly indent: number; readonly name: string }[] = [];
  let comment: readonly string[] = [];
  /** Everything deeper belongs to the default of a value. */
  let skipDeeperThan = Number.POSITIVE_INFINITY;
  for (const line of text.split('\n')) {
    const indent = line.length - line.trimStart().length;
    if (line.trim() === '') comment = [];
    else if (indent <= skipDeeperThan) {
      const [, , mark, name = ''] = KEY.exec(line) ?? [];
      const isKey = name !== '' && (mark === undefined || isRequired(comment));
      if (!isKey) {
        if (line.trim().startsWith('#')) comment = [...comment, line.trim().slice(1).trimStart()];
        continue;
      }
      skipDeeperThan = Number.POSITIVE_INFINITY;
      sections = sections.filter((section) => section.indent < indent);
      const path = [...sections.map((section) => section.name), name];
      if (comment.some((part) => part.startsWith('-- '))) {
        values.push({ path, ...documented(comment), default: mark === undefined ? at(defaults, path) : undefined });
        skipDeeperThan = indent;
      } else if (/: *$/.test(line)) sections = [...sections, { indent, name }];
      else throw new Error(`values.yaml: \`${path.join('.')}\` has no sentence: put \`# -- …\` above it`);
      comment = [];
    }
  }
  return values;
}

function isRequired(comment: readonly string[]): boolean {
  return comment.some((part) => part.startsWith('@ ')) && documented(comment).hint.required === true;
}

function documented(comment: readonly string[]): Pick<ChartValue, 'sentence' | 'hint'> {
  const start = comment.findIndex((part) => part.startsWith('-- '));
  const lines = comment.slice(start);
  const hints = lines.filter((part) => part.startsWith('@ ')).map((part) => parse(part.slice(2)) as JsonObject);
  const { required, program, open, values, example, ...keywords } = Object.assign({}, ...hints);
  const sentence = lines.filter((part) => !part.startsWith('@ ')).join(' ');
  return { sentence: sentence.replace(/^-- /, ''), hint: { required, program, open, values, example, keywords } };
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, key) => (typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined),
    value,
  );
}
