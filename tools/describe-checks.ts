// docs/checks.md: a place for every check of `footbridge check`, which its texts link to. All that is said of a check comes from
// the table of checks.
import type { CheckAbout } from '../src/check/check-about.ts';
import { CHECKS } from '../src/check/check-table.ts';
import { groupBy } from '../src/lib/group-by.ts';

/** By the first word of an id. */
const TITLES: Readonly<Record<string, string>> = {
  admin: 'The token of the admin port',
  replicas: 'The token of the replicas',
  nothing: 'What is frozen',
  config: 'Configuration',
  tls: 'TLS files',
  access: 'Who may connect',
  registry: 'Registries',
  publish: 'What would be published',
  port: 'Ports',
  server: 'A running bridge (`--server`)',
  istiod: 'istiod (`--istiod`)',
};

export function describeChecks(): string {
  const groups = groupBy(Object.entries<CheckAbout>(CHECKS), ([id]) => id.replace(/-.*/, ''));
  return `${[INTRODUCTION, ...[...groups].map(([word, checks]) => group(TITLES[word] ?? word, checks)), JSON_FORM].join('\n')}`;
}

function group(title: string, checks: readonly (readonly [id: string, about: CheckAbout])[]): string {
  return [`## ${title}\n`, ...checks.map(([id, about]) => section(id, about))].join('\n');
}

function section(id: string, { sentence, severity, looksAt, means, remedy }: CheckAbout): string {
  const said = sentence.replaceAll('{subject}', '…');
  return `### ${id}

"${said}" (${SEVERITIES[severity]})

${wrapped(`- **Looks at.** ${looksAt}`)}
${wrapped(`- **When it does not hold.** ${means}`)}
${wrapped(`- **What to do.** ${remedy}`)}
`;
}

const WIDTH = 140;

/** One item of a list in lines that fit a screen; code stays in one line. */
function wrapped(item: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of item.match(/(?:`[^`]*`|[^ `])+/g) ?? []) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = ' ';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

const SEVERITIES: Readonly<Record<CheckAbout['severity'], string>> = {
  failure: 'fails',
  warning: 'warns',
  either: 'fails or warns',
};

const INTRODUCTION = `# Checks

<!-- Generated from src/check/check-table.ts by \`npm run generate\`. -->

\`footbridge check\` looks at everything that a bridge needs, in order of dependence, and says what to do where something is missing. It writes
to no registry and changes nothing anywhere. What depends on a failed check is skipped.

It reads the registries in full, as a bridge does, and needs as much memory. So do not run it inside of a bridge's container, where both would share
one memory limit: \`helm test RELEASE --logs\` runs it in a pod of its own, with the configuration of the release.

\`\`\`console cluster
footbridge check --config footbridge.yaml                            # before the first start
footbridge check --config footbridge.yaml --server HOST:9902         # a running bridge too, asked as istiod asks
footbridge check --config footbridge.yaml --server HOST:9902 --istiod http://127.0.0.1:15014
\`\`\`

istiod shows its debug pages to its own machine alone, so go through \`kubectl -n istio-system port-forward deploy/istiod 15014\`, which comes from
there. Where several istiods run, each holds its own copy: forward to each pod by its name and ask it.

| sign | verdict | exit code |
|---|---|---|
| √ | \`passed\`: it holds | 0 |
| ‼ | \`warned\`: it works, but look at it | 0 |
| × | \`failed\` | 3; 2 where the configuration is not valid |
| - | \`skipped\`: it needs what failed, or cannot be seen | 0 |
`;

const JSON_FORM = `## As JSON

\`--output json\` prints one object when all checks are done. Fields are only ever added.

| field | what it holds |
|---|---|
| \`footbridgeCheck\` | the version of this form: 1 |
| \`ok\` | whether nothing failed |
| \`counts\` | how many checks \`passed\`, \`warned\`, \`failed\`, \`skipped\` |
| \`categories[].title\` | for people |
| \`categories[].checks[].id\` | as above; never renamed |
| \`…subject\` | the server, file or port that it is about; empty where there is one alone |
| \`…sentence\` | what is said of it in one line |
| \`…verdict\` | \`passed\`, \`warned\`, \`failed\` or \`skipped\` |
| \`…docs\` | where this page explains it |
| \`…note\` | of a passed one: what was found; may be empty |
| \`…causes\`, \`…remedy\` | of a warning or failure: sentences, and what to do |
| \`…why\` | of a skipped one |
`;
