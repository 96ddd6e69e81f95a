// What one turn of the pipeline costs, in this process: everything cold, nothing changed, one instance changed.
import { pipelineOptions } from '../src/app/options.ts';
import { createTurnStages } from '../src/app/turn.ts';
import { loadConfig } from '../src/config/load.ts';
import type { Service, ServiceKey } from '../src/model/service.ts';
import type { Slice } from '../src/registry/registry.ts';
import { anyFrame } from '../src/snapshot/frame.ts';
import { createSnapshot } from '../src/snapshot/snapshot.ts';
import { estate, withOneChanged } from './estate.ts';
import { type Figure, median } from './figure.ts';

const ROUNDS = 7;

export function figuresOfPipeline(services: number, instancesEach: number): readonly Figure[] {
  const size = `${services} services × ${instancesEach}`;
  const cold: number[] = [];
  const unchanged: number[] = [];
  const oneChanged: number[] = [];
  const publishing: number[] = [];
  let bytes = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const before = estate(services, instancesEach);
    const after = withOneChanged(before);
    const stages = createTurnStages(options());
    cold.push(timed(() => stages.run(slices(before), 1)));
    unchanged.push(timed(() => stages.run(slices(before), 2)));
    oneChanged.push(timed(() => stages.run(slices(after), 3)));
    const { resources } = stages.run(slices(after), 4);
    publishing.push(
      timed(() => {
        const snapshot = createSnapshot(resources, { serial: 1, complete: true, createdAtMs: 0 });
        for (const set of snapshot.kinds.values()) bytes = set.joined(anyFrame).length;
      }),
    );
  }
  return [
    { what: `turn, everything new, ${size}`, value: median(cold), unit: 'ms' },
    { what: `turn, nothing changed, ${size}`, value: median(unchanged), unit: 'ms' },
    { what: `turn, one instance changed, ${size}`, value: median(oneChanged), unit: 'ms' },
    { what: 'everything new ÷ one instance changed', value: median(cold) / median(oneChanged), unit: '×' },
    { what: `snapshot and joined bytes after a change, ${size}`, value: median(publishing), unit: 'ms' },
    { what: `size of the answer, ${size}`, value: bytes / 1024 / 1024, unit: 'MiB' },
  ];
}

function options() {
  const text = 'namespace: shop\ninstance: bench\nregistries: { legacy: { kind: file, path: none.yaml } }\n';
  const loaded = loadConfig({ file: { path: 'bench', text }, env: {}, flags: {} });
  if (loaded.kind === 'invalid') throw new Error(JSON.stringify(loaded.problems));
  return pipelineOptions(loaded.config);
}

function slices(services: ReadonlyMap<ServiceKey, Service>): readonly Slice[] {
  const reading = { kind: 'live', content: { services, problems: [], readAtMs: 0 } } as const;
  const matched = { services: services.size, ofServices: services.size };
  return [{ registry: 'legacy', kind: 'file', reading, scopeRevision: 0, matched }];
}

function timed(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}
