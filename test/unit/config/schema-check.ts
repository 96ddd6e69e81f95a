// As much of JSON Schema as our own schema uses, so that it can be tested without a validator as a dependency. A keyword that
// is not known here fails, so that nothing is passed over.

type Check = (rule: unknown, data: unknown, schema: Record<string, unknown>) => readonly string[];

/** Say nothing of their own: `then` is asked by `if`. */
const ANNOTATIONS = new Set(['$schema', 'title', 'description', 'default', '$comment', 'then']);

const CHECKS: Readonly<Record<string, Check>> = {
  type: (rule, data) =>
    asList(rule).some((type) => hasType(data, String(type))) ? [] : [`is not ${asList(rule).join('/')}`],
  const: (rule, data) => (data === rule ? [] : [`is not ${String(rule)}`]),
  enum: (rule, data) => (asList(rule).includes(data) ? [] : ['is none of the words']),
  pattern: (rule, data) =>
    typeof data !== 'string' || new RegExp(String(rule), 'u').test(data) ? [] : [`is not like ${String(rule)}`],
  minLength: (rule, data) => (typeof data !== 'string' || data.length >= Number(rule) ? [] : ['is too short']),
  maxLength: (rule, data) => (typeof data !== 'string' || data.length <= Number(rule) ? [] : ['is too long']),
  minimum: (rule, data) => (typeof data !== 'number' || data >= Number(rule) ? [] : ['is too small']),
  maximum: (rule, data) => (typeof data !== 'number' || data <= Number(rule) ? [] : ['is too large']),
  minItems: (rule, data) => (!Array.isArray(data) || data.length >= Number(rule) ? [] : ['has too few items']),
  minProperties: (rule, data) =>
    !isRecord(data) || Object.keys(data).length >= Number(rule) ? [] : ['has too few keys'],
  items: (rule, data) => (Array.isArray(data) ? data.flatMap((item) => schemaProblems(rule, item)) : []),
  required: (rule, data) =>
    isRecord(data)
      ? asList(rule).flatMap((key) => (Object.hasOwn(data, String(key)) ? [] : [`lacks ${String(key)}`]))
      : [],
  propertyNames: (rule, data) => (isRecord(data) ? Object.keys(data).flatMap((key) => schemaProblems(rule, key)) : []),
  anyOf: (rule, data) =>
    asList(rule).some((each) => schemaProblems(each, data).length === 0) ? [] : ['fits no alternative'],
  if: (rule, data, schema) => (schemaProblems(rule, data).length === 0 ? schemaProblems(schema['then'], data) : []),
  allOf: (rule, data) => asList(rule).flatMap((each) => schemaProblems(each, data)),
  oneOf: (rule, data) =>
    asList(rule).filter((each) => schemaProblems(each, data).length === 0).length === 1
      ? []
      : ['fits not exactly one alternative'],
  properties: (rule, data) => {
    if (!isRecord(data) || !isRecord(rule)) return [];
    return Object.entries(rule).flatMap(([key, each]) =>
      Object.hasOwn(data, key) ? schemaProblems(each, data[key]).map((text) => `${key}: ${text}`) : [],
    );
  },
  patternProperties: (rule, data) => {
    if (!isRecord(data) || !isRecord(rule)) return [];
    return Object.entries(rule).flatMap(([pattern, each]) =>
      Object.entries(data).flatMap(([key, value]) =>
        new RegExp(pattern).test(key) ? schemaProblems(each, value) : [],
      ),
    );
  },
  additionalProperties: (rule, data, schema) => {
    if (!isRecord(data)) return [];
    const patterns = Object.keys(isRecord(schema['patternProperties']) ? schema['patternProperties'] : {});
    const known = isRecord(schema['properties']) ? schema['properties'] : {};
    const further = Object.keys(data).filter(
      (key) => !Object.hasOwn(known, key) && !patterns.some((each) => new RegExp(each).test(key)),
    );
    return further.flatMap((key) =>
      rule === false ? [`has the unknown key ${key}`] : schemaProblems(rule, data[key]),
    );
  },
};

/** What is wrong with `data`; throws on a keyword that is not known here. */
export function schemaProblems(schema: unknown, data: unknown): readonly string[] {
  if (!isRecord(schema)) throw new Error('a schema must be an object');
  return Object.entries(schema).flatMap(([keyword, rule]) => {
    if (ANNOTATIONS.has(keyword)) return [];
    const check = CHECKS[keyword];
    if (check === undefined) throw new Error(`the keyword ${keyword} is not known`);
    return check(rule, data, schema);
  });
}

function hasType(data: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(data);
  if (type === 'null') return data === null;
  if (type === 'array') return Array.isArray(data);
  return type === 'object' ? isRecord(data) : typeof data === type;
}

function asList(rule: unknown): readonly unknown[] {
  return Array.isArray(rule) ? rule : [rule];
}

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
