// SPDX-License-Identifier: Apache-2.0
// The reference pages of the configuration, as texts made from the declarations: docs/configuration.md and the JSON schema.
import type { ConfigField, ConfigFields } from '../lib/config-field.ts';
import { isField, type Leaf, leavesOf } from './field-tree.ts';
import { formatOf } from './formats.ts';
import { configJsonSchema } from './json-schema.ts';
import { plain } from './problem.ts';
import { commonRegistryFields, REGISTRY_SCHEMAS } from './registry-schema.ts';
import { programFields } from './schema.ts';

const INTRODUCTION = `# Configuration

<!-- Generated from src/config and src/registry/*/options.ts by \`npm run generate\`. -->

Four layers, each above the one before: defaults, one file (YAML or JSON), environment variables, flags. Every key can be set
in each of them, by one rule:

| where | \`serve.port\` is written as |
|---|---|
| file | \`serve: {port: 9902}\` |
| environment | \`FOOTBRIDGE_SERVE_PORT=9902\`: upper case, \`_\` for each dot and before each capital letter |
| flag | \`--serve.port 9902\` |

- Nothing is guessed. A key or a variable with our prefix that means nothing, a number without its unit and a text for a list are
  errors with the key, the value, the rule and the nearest right key; all of them are listed at once. Exit code 2.
- In environment and flags a list is separated by commas (the empty text is the empty list); mappings and lists of rules are written
  as JSON. Elsewhere a text is never split.
- Secrets stand in files of their own that the configuration names (\`…File\`), or in the environment. In the configuration file and in
  flags they are refused. They are masked wherever the configuration is shown.
- Variables that Kubernetes sets for Services named \`footbridge…\` (\`…_SERVICE_HOST\`, \`…_PORT=tcp://…\`) are passed over.
- **live**: applied by a reload (SIGHUP, or when the file changes). **restart**: a reload that changes it is refused and the running
  configuration stays.

\`footbridge config print\` shows what is in effect and where each value comes from, \`footbridge config check FILE\` judges a file,
\`footbridge config schema\` prints a JSON schema for editors.

## Examples

The least that works:

\`\`\`yaml
namespace: payments
instance: payments-bridge
registries:
  legacy:
    kind: eureka
    urls: [http://eureka-1:8761/eureka, http://eureka-2:8761/eureka]
\`\`\`

Only a part of the registry, a password from a file, a host for callers that know another name:

\`\`\`yaml
namespace: payments
instance: payments-bridge
registries:
  legacy:
    kind: eureka
    urls: [https://eureka.example.com/eureka]
    auth: {username: payments, passwordFile: /etc/footbridge/eureka/password}
    scope:
      include:
        - app: [ORDERS, 'PAY-*']
        - metadata: {team: [payments]}
      exclude:
        - app: PAY-SANDBOX
hosts:
  invoices.example.com: [legacy/INVOICE-SERVICE]
exportTo: ['.', istio-ingress]
\`\`\`
`;

/** docs/configuration.md. */
export function describeMarkdown(): string {
  const single = Object.entries(programFields).filter(([, node]) => isField(node));
  const sections = Object.entries<ConfigField | ConfigFields>(programFields).flatMap(([name, node]) =>
    isField(node) ? [] : [group(`\`${name}\``, node, name)],
  );
  const kinds = Object.entries(REGISTRY_SCHEMAS).map(([kind, { fields }]) =>
    group(`\`registries.<name>\` of kind \`${kind}\``, fields, 'registries.<name>'),
  );
  const common = group('`registries.<name>` of every kind', commonRegistryFields, 'registries.<name>');
  const registries = `## Registries

\`registries\` is a mapping of names to registries. A name is 1 to 15 lower-case letters and digits; it is part of hosts, resource names
and metrics, so it is never changed later. \`kind\` is one of ${Object.keys(REGISTRY_SCHEMAS)
    .map((kind) => `\`${kind}\``)
    .join(
      ', ',
    )}. Adding or removing a registry needs a restart. Attributes that scope rules may ask for: ${attributes()}.
`;
  const parts = [
    INTRODUCTION,
    group('What is published', Object.fromEntries(single), ''),
    registries,
    common,
    ...kinds,
    ...sections,
  ];
  return parts.join('\n');
}

/** docs/configuration.schema.json: the JSON schema of the configuration file. */
export function describeJsonSchema(): string {
  return `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
}

function attributes(): string {
  return Object.entries(REGISTRY_SCHEMAS)
    .map(([kind, { attributes: names }]) => `${kind}: ${names.map((name) => `\`${name}\``).join(', ')}`)
    .join('; ');
}

function group(title: string, fields: ConfigFields, prefix: string): string {
  return `## ${title}\n\n${leavesOf(fields, prefix).map(entry).join('\n')}\n`;
}

function entry({ path, env, field }: Leaf): string {
  const facts = [
    `Format: ${formatOf(field).says}`,
    field.required === true ? 'Required' : `Default: ${defaultText(field)}`,
    `Reload: ${field.reload ?? 'restart'}`,
    field.sensitive === true ? `\`${env}\`, never a flag or in the file` : `\`${env}\`, \`--${path}\``,
  ];
  return `- **\`${path}\`** ${field.doc}\\\n  ${facts.join(' · ')}`;
}

function defaultText({ default: declared }: ConfigField): string {
  if (declared === null || declared === '') return 'not set';
  return `\`${typeof declared === 'string' ? declared : JSON.stringify(plain(declared))}\``;
}
