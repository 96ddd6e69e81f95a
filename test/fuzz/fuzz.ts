// `npm run fuzz -- --cases N [--seed S] [--only NAME] [--path P]`: hostile input at every border. What it found is printed with the
// command that finds it again.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { SEED } from '../seed.ts';
import { buildBundle } from './run/bundle.ts';
import { type FuzzRun, fuzzTargets } from './run/fuzz-targets.ts';
import { foundText, heldText } from './run/report-text.ts';
import { TARGETS } from './targets.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '2000' },
    seed: { type: 'string', default: String(SEED) },
    only: { type: 'string', multiple: true, default: [] },
    path: { type: 'string' },
    threads: { type: 'string', default: String(Math.min(2, availableParallelism())) },
  },
});

const cases = wholeNumber('cases', values.cases);
const seed = wholeNumber('seed', values.seed);
const unknown = values.only.filter((name) => !TARGETS.some((target) => target.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no target ${unknown.join(', ')}. There are:\n${TARGETS.map(({ name }) => `  ${name}`).join('\n')}`,
  );
  process.exit(2);
}
const targets = TARGETS.filter(({ name }) => values.only.length === 0 || values.only.includes(name));
const begunMs = performance.now();
console.log(`fuzz: seed ${seed}, ${cases} cases over ${targets.length} targets`);
const fuzzRun: FuzzRun = {
  targets,
  cases,
  seed,
  path: values.path,
  threads: wholeNumber('threads', values.threads),
  onTarget: (report) => console.log(report.outcome.kind === 'held' ? heldText(report) : foundText(report, seed)),
};
const bundle = await buildBundle();
const reports = await fuzzTargets(fuzzRun, bundle.path).finally(() => bundle.remove());
const run = reports.reduce((sum, { outcome }) => sum + outcome.cases, 0);
const found = reports.filter(({ outcome }) => outcome.kind === 'found').length;
console.log(
  `fuzz: seed ${seed}, ${run} cases in ${((performance.now() - begunMs) / 1000).toFixed(1)} s, ${found} found`,
);
process.exitCode = found === 0 ? 0 : 1;

function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0 && text !== '') return number;
  console.error(`--${option} must be a whole number`);
  process.exit(2);
}
