// SPDX-License-Identifier: Apache-2.0
// How much of one instance is taken in. What is too much costs itself alone; the rest of the instance counts.
import { compareTexts } from '../../lib/compare-texts.ts';
import { type Problem, problem } from '../../model/problem.ts';
import type { Instance, Port, Service } from '../../model/service.ts';
import { type Excess, excessOf } from './excess.ts';
import type { LimitOptions } from './options.ts';

export interface LimitedInstance {
  /** The very instance where all of it is taken; undefined: none of it is. */
  readonly instance: Instance | undefined;
  readonly problems: readonly Problem[];
  readonly excess: Excess;
}

export function limitInstance(service: Service, instance: Instance, options: LimitOptions): LimitedInstance {
  const about = { registry: service.registry, service: service.name, instance: instance.id };
  if (instance.id.length > options.textLength) {
    const found = problem('INSTANCE_ID_TOO_LONG', about, `${instance.id.length} characters`);
    return { instance: undefined, problems: [found], excess: excessOf({ texts: 1 }) };
  }
  const ports = limitPorts(instance.ports, options.portsPerInstance);
  const metadata = limitMetadata(instance.metadata, options);
  const problems: Problem[] = [];
  if (ports !== instance.ports) problems.push(problem('PORTS_OVER_LIMIT', about, countText(ports, instance.ports)));
  if (metadata.tooLong.length > 0)
    problems.push(problem('METADATA_TOO_LONG', about, [...metadata.tooLong].sort(compareTexts).join(', ')));
  if (metadata.further > 0) {
    const value = `${metadata.kept.size} of ${metadata.kept.size + metadata.further}`;
    problems.push(problem('METADATA_OVER_LIMIT', about, value));
  }
  const isWhole = ports === instance.ports && metadata.kept === instance.metadata;
  return {
    instance: isWhole ? instance : { ...instance, ports, metadata: metadata.kept },
    problems,
    excess: excessOf({
      ports: instance.ports.length - ports.length,
      metadata: metadata.further,
      texts: metadata.tooLong.length,
    }),
  };
}

function limitPorts(ports: readonly Port[], most: number): readonly Port[] {
  return ports.length <= most ? ports : ports.slice(0, most);
}

interface LimitedMetadata {
  /** The very map where nothing is too much. */
  readonly kept: ReadonlyMap<string, string>;
  /** Keys, those of a key that is too long itself cut by whoever shows them. */
  readonly tooLong: readonly string[];
  readonly further: number;
}

/** In byte order, so that all replicas keep the same whatever order a server answers in. */
function limitMetadata(metadata: ReadonlyMap<string, string>, options: LimitOptions): LimitedMetadata {
  const { metadataPerInstance, textLength } = options;
  const fits = ([key, value]: readonly [string, string]) => key.length <= textLength && value.length <= textLength;
  const tooLong = [...metadata].filter((one) => !fits(one)).map(([key]) => key);
  const fitting = metadata.size - tooLong.length;
  if (tooLong.length === 0 && fitting <= metadataPerInstance) return { kept: metadata, tooLong, further: 0 };
  const sorted = [...metadata].filter(fits).sort(([a], [b]) => compareTexts(a, b));
  const kept = new Map(sorted.slice(0, metadataPerInstance));
  return { kept, tooLong, further: fitting - kept.size };
}

function countText(kept: readonly unknown[], all: readonly unknown[]): string {
  return `${kept.length} of ${all.length}`;
}
