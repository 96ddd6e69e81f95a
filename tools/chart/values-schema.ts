// values.schema.json: what a value may be, from the defaults of values.yaml and its hints. Strict: an unknown key is a typing error.
import type { JsonSchema } from '../../src/config/format.ts';
import { programSchema } from './program-schema.ts';
import type { ChartValue } from './read-values.ts';

export function valuesSchema(values: readonly ChartValue[]): string {
  // Helm hands `global` to a chart that is a part of another one.
  const shared = { description: 'Values of the chart that this one is a part of; none is used.', type: 'object' };
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Values of the chart footbridge',
    ...objectSchema(values, 0, { global: shared }),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function objectSchema(
  values: readonly ChartValue[],
  depth: number,
  more: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema {
  const names = [...new Set(values.map(({ path }) => path[depth] ?? ''))];
  const properties = Object.fromEntries(
    names.map((name) => {
      const inside = values.filter(({ path }) => path[depth] === name);
      const [only] = inside;
      const isLeaf = only !== undefined && only.path.length === depth + 1;
      return [name, isLeaf ? valueSchema(only) : objectSchema(inside, depth + 1)] as const;
    }),
  );
  const required = names.filter((name) => isNeeded(values, depth, name));
  return {
    type: 'object',
    properties: { ...properties, ...more },
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

/** A section is needed when something in it is. */
function isNeeded(values: readonly ChartValue[], depth: number, name: string): boolean {
  return values.some(({ path, hint }) => path[depth] === name && hint.required === true);
}

function valueSchema({ path, sentence, hint, default: declared }: ChartValue): JsonSchema {
  const described = { description: sentence, ...(declared === undefined ? {} : { default: declared }) };
  if (hint.program !== undefined) return { ...programSchema(hint.program), ...described, ...hint.keywords };
  const type = hint.keywords['type'] ?? typeOf(declared);
  if (type === 'array' && hint.keywords['items'] === undefined)
    throw new Error(`${path.join('.')}: a list needs \`items\``);
  const free =
    type !== 'object'
      ? {}
      : hint.values === undefined
        ? { $comment: openTo(path, hint.open) }
        : { additionalProperties: hint.values };
  return { ...described, type, ...free, ...hint.keywords };
}

function openTo(path: readonly string[], open: string | undefined): string {
  if (open === undefined) throw new Error(`${path.join('.')}: a mapping needs \`values\` or \`open\``);
  return `Kubernetes: ${open}`;
}

function typeOf(declared: unknown): string {
  if (Array.isArray(declared)) return 'array';
  if (typeof declared === 'number') return Number.isInteger(declared) ? 'integer' : 'number';
  return declared === null ? 'null' : typeof declared;
}
