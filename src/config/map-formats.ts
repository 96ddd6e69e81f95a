// SPDX-License-Identifier: Apache-2.0
// Mappings: labels, annotations, hosts, header files. In the environment a mapping is written as JSON or YAML in one line.
// Keys come from people, so the values are objects without a prototype: `__proto__` and `constructor` are plain keys.
import { readDocument } from './document.ts';
import { type Format, insteadOf, type JsonSchema, type Reading, refused, textFormat, value } from './format.ts';
import { publishedHost } from './name-formats.ts';
import { someText, text } from './plain-formats.ts';

const PREFIX = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)*';
const QUALIFIED = '[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?';
const LABEL_KEY = new RegExp(`^(?:${PREFIX}/)?${QUALIFIED}$`);
const LABEL_VALUE = new RegExp(`^(?:${QUALIFIED})?$`);
const LONGEST_KEY = 253 + 1 + 63;

const labelKey = textFormat(
  'a label key such as `team` or `example.com/team`',
  { pattern: LABEL_KEY.source, maxLength: LONGEST_KEY },
  (written) => (written.length <= LONGEST_KEY && LABEL_KEY.test(written) ? written : undefined),
);

const labelValue = textFormat(
  'a label value (up to 63 letters, digits and inner `-`, `_`, `.`)',
  { pattern: LABEL_VALUE.source },
  (written) => (LABEL_VALUE.test(written) ? written : undefined),
);

const headerName = textFormat('a header name', { pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$" }, (written) =>
  /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(written) ? written : undefined,
);

/** Absolute or begins with a dot: so that a secret, written here instead of the name of its file, is noticed. */
const secretFilePath = textFormat('the path of a file, beginning with `/` or `.`', { pattern: '^[/.]' }, (written) =>
  /^[/.]/.test(written) ? text.read(written) : undefined,
);

const serviceName = textFormat('`<registry>/<service>`', { pattern: '^[a-z0-9]{1,15}/.' }, (written) =>
  /^[a-z0-9]{1,15}\/./.test(written) ? text.read(written) : undefined,
);

const serviceNames: Format<readonly string[]> = {
  ...serviceName,
  schema: { type: 'array', minItems: 1, items: serviceName.schema },
  read: (written) =>
    Array.isArray(written) && written.length > 0
      ? readAll(written, serviceName)
      : refused('must be a list of at least one `<registry>/<service>`'),
};

export const textMap = mapOf('a mapping of texts', someText, text);

export const labelsMap = mapOf('a mapping of Kubernetes labels', labelKey, labelValue);

export const annotationsMap = mapOf('a mapping of Kubernetes annotations', labelKey, text);

/** Header name → file. Nothing of it is shown in a problem: people put the secret itself here. */
export const headerFileMap: Format<Readonly<Record<string, string>>> = {
  ...mapOf('a mapping of header names to files', headerName, secretFilePath),
  hides: () => true,
};

/** Host → `<registry>/<service>` names. */
export const hostMap = mapOf('a mapping of hosts to lists of `<registry>/<service>`', publishedHost, serviceNames);

/** A mapping whose keys and values have formats of their own. */
function mapOf<T>(says: string, keys: Format<string>, values: Format<T>): Format<Readonly<Record<string, T>>> {
  return {
    says,
    schema: { type: 'object', propertyNames: keys.schema, additionalProperties: values.schema } satisfies JsonSchema,
    fromText: structureFromText,
    read(written) {
      if (!(written instanceof Map)) return refused(`must be ${says}${insteadOf(written)}`);
      const found: Record<string, T> = Object.create(null);
      for (const [key, entry] of written) {
        const readKey = keys.read(key);
        if (readKey.kind === 'refused') return refused(`(a key of it) ${readKey.rule}`, readKey.nearest);
        const reading = values.read(entry);
        if (reading.kind === 'refused') return refused(`(at \`${readKey.value}\`) ${reading.rule}`, reading.nearest);
        found[readKey.value] = reading.value;
      }
      return value(found);
    },
  };
}

/** One line of JSON or YAML; a text that is neither stays as it is and is refused by `read`. */
export function structureFromText(written: string): unknown {
  const reading = readDocument(written);
  return reading.kind === 'document' ? reading.document.content : written;
}

function readAll<T>(written: readonly unknown[], item: Format<T>): Reading<readonly T[]> {
  const found: T[] = [];
  for (const entry of written) {
    const reading = item.read(entry);
    if (reading.kind === 'refused') return reading;
    found.push(reading.value);
  }
  return value(found);
}
