// A reporter for the runner of Node: one JSON line for each test that ended.
// biome-ignore lint/style/noDefaultExport: it is what Node asks of a reporter
export default async function* report(source) {
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const error = data.details?.error;
    const cause = error?.cause;
    const kind =
      error?.failureType === 'testCodeFailure' ? (cause?.code ?? cause?.name ?? 'thrown') : error?.failureType;
    yield `${JSON.stringify({ name: data.name, passed: type === 'test:pass', kind })}\n`;
  }
}
