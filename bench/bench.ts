// Figures, never a verdict: these depend on the machine, so read the ratios. `npm run bench` prints a table;
// `npm run bench -- --json` prints JSON. `--large` adds a
// large estate, which takes a minute.
import { figuresOfBundle } from './bundle-figures.ts';
import type { Figure } from './figure.ts';
import { figuresOfLargeEstate } from './large-figures.ts';
import { figuresOfPipeline } from './pipeline-figures.ts';
import { figuresOfZooKeeper } from './zookeeper-figures.ts';

const figures: Figure[] = [
  ...figuresOfPipeline(1_000, 10),
  ...(await figuresOfBundle(100, 10)),
  ...(await figuresOfBundle(1_000, 10)),
  ...(await figuresOfZooKeeper(2_000, 5)),
  ...(process.argv.includes('--large') ? await figuresOfLargeEstate(9_000, 10) : []),
];

if (process.argv.includes('--json')) {
  console.log(JSON.stringify(figures, undefined, 2));
} else {
  for (const { what, value, unit } of figures) {
    console.log(`${what.padEnd(70)} ${value.toFixed(1).padStart(10)} ${unit}`);
  }
}
