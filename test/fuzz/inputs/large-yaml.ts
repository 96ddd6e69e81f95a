// Documents that are large in one way each: parsers have checks that look at all that came before.

const LINES = 1500;

function lines(lineOf: (index: number) => string, count = LINES): string {
  return Array.from({ length: count }, (_, index) => lineOf(index)).join('');
}

export const LARGE_YAML: readonly string[] = [
  lines((index) => `key${index}: a\n`),
  `{${lines((index) => `"key${index}": a, `)}}`,
  lines((index) => `- &a${index} x\n- *a${index}\n`, 3 * LINES),
  lines((index) => `? [a, ${index}]\n: b\n`),
  `a: >\n${lines((index) => `  word${index}\n`)}`,
  `"${lines((index) => `\\u00e9${index}\\n `)}"`,
  lines((index) => `# comment ${index}\n`),
  lines(() => '!!a &b ? '),
  lines((index) => `- {a: ${index}\n`),
  `a:\n  ${']'.repeat(20 * LINES)}`,
  '? '.repeat(20 * LINES),
  '- '.repeat(20 * LINES),
];
