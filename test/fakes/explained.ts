// A small program for explanations: registry files in, one turn for each reading, and whatever of the rest a test changes.
import type { ExplainedService, ExplainedStage, StageName } from '../../src/admin/explanation.ts';
import { explain } from '../../src/app/explain/explain.ts';
import type { ExplainInput } from '../../src/app/explain/input.ts';
import { pipelineOptions } from '../../src/app/options.ts';
import { createTurnStages, type Turn } from '../../src/app/turn.ts';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { silentLog } from '../../src/observe/log.ts';
import { compileSecrets } from '../../src/registry/decoding/secrets.ts';
import { decodeFile } from '../../src/registry/file/decode.ts';
import { NOTHING_OUTSIDE } from '../../src/registry/outside.ts';
import type { Reading, Registry, Slice } from '../../src/registry/registry.ts';
import { SelectedRegistry } from '../../src/registry/wrap/select.ts';
import type { ClientView, TypeView } from '../../src/serve/client-view.ts';
import { createSnapshot, type Snapshot } from '../../src/snapshot/snapshot.ts';
import { SETTLED_CLIENT, SETTLED_TYPE } from './client-views.ts';

/** When the last turn ran and is asked about. */
export const NOW_MS = Date.UTC(2026, 0, 1, 12);
export const SECOND = 1000;

export const NO_FILE = { code: 'FILE_MISSING', message: 'The file is not there.', atMs: NOW_MS - 40 * SECOND };

/** `ofRegistry` goes on with the registry's keys. */
export function configOf(more = '', ofRegistry = ''): Config {
  const text = `namespace: shop\ninstance: main\nregistries: { vms: { kind: file, path: /registry.yaml${ofRegistry} } }\n${more}`;
  const result = loadConfig({ file: { path: 'test', text }, env: {}, flags: {} });
  if (result.kind === 'invalid') throw new Error(JSON.stringify(result.problems));
  return result.config;
}

/** `text` is a registry file. */
export function live(text: string, readAtMs = NOW_MS - 3 * SECOND): Reading {
  const decoded = decodeFile(text, { registry: 'vms', isSecret: compileSecrets([]) });
  if (decoded.kind === 'unreadable') throw new Error(decoded.message);
  return { kind: 'live', content: { services: decoded.services, problems: decoded.problems, readAtMs } };
}

export function stale(reading: Reading): Reading {
  if (reading.kind === 'waiting') throw new Error('nothing was read');
  return { kind: 'stale', content: reading.content, sinceMs: NO_FILE.atMs, lastError: NO_FILE };
}

export const WAITING: Reading = { kind: 'waiting', sinceMs: 0, lastError: undefined };

export interface Program {
  readonly config?: Config;
  /** By whose scope the registry left out what it did; unless given, that of `config`. */
  readonly judgedBy?: Config;
  /** The last one is of now. */
  readonly readings: readonly (readonly [agoMs: number, reading: Reading])[];
  readonly clients?: (snapshot: Snapshot) => readonly ClientView[];
  /** What a test has otherwise. */
  readonly replaced?: (input: ExplainInput) => Partial<ExplainInput>;
}

export function inputOf(program: Program): ExplainInput {
  const { config = configOf(), readings } = program;
  const stages = createTurnStages(pipelineOptions(config));
  const registry = new ChangingRegistry();
  const selected = new SelectedRegistry(
    registry,
    (program.judgedBy ?? config).registries['vms']?.scope ?? { include: [], exclude: [] },
    silentLog,
  );
  const turns = readings.map(([agoMs, reading]) => {
    registry.say(reading);
    return stages.run(selected.slices(), NOW_MS - agoMs);
  });
  const turn = turns.at(-1);
  const about = { serial: 7, complete: turn?.guarded.complete ?? false, createdAtMs: NOW_MS - 20 * SECOND };
  const snapshot = createSnapshot(turn?.resources ?? [], about);
  const { clients = (served) => [istiod(served)] } = program;
  const since = () => ({ serial: 5, atMs: NOW_MS - 60 * SECOND });
  const input: ExplainInput = {
    config,
    nowMs: NOW_MS,
    slices: selected.slices(),
    outside: (name) => (name === registry.name ? selected.outside() : NOTHING_OUTSIDE),
    turn,
    served: { snapshot, clients: clients(snapshot), since },
  };
  return { ...input, ...program.replaced?.(input) };
}

export function explained(asked: string, program: Program): ExplainedService {
  const [first, ...others] = explain(asked, inputOf(program));
  if (first?.kind !== 'service' || others.length > 0) throw new Error(JSON.stringify([first, ...others]));
  return first;
}

export function stageOf<Name extends StageName>(
  { stages }: ExplainedService,
  name: Name,
): Extract<ExplainedStage, { readonly stage: Name }> {
  for (const stage of stages) if (isStage(stage, name)) return stage;
  throw new Error(`no stage ${name} among ${stages.map(({ stage }) => stage).join(', ')}`);
}

function isStage<Name extends StageName>(
  stage: ExplainedStage,
  name: Name,
): stage is Extract<ExplainedStage, { readonly stage: Name }> {
  return stage.stage === name;
}

/** A client that has what is served, unless told otherwise. */
export function istiod(snapshot: Snapshot, type: Partial<TypeView> = {}): ClientView {
  const version = snapshot.kinds.get(SETTLED_TYPE.kind)?.version ?? '';
  const sent = { version, nonce: 'n', resources: 1, atMs: NOW_MS - 19 * SECOND };
  const acked = { version, snapshotCreatedAtMs: snapshot.createdAtMs, atMs: NOW_MS - 18 * SECOND };
  return {
    ...SETTLED_CLIENT,
    nodeId: 'istiod-0',
    types: [{ ...SETTLED_TYPE, currentVersion: version, sent, acked, ...type }],
  };
}

/** As if another kind were published as well. */
export function withRulesOfTheSameNames(turn: Turn): Turn {
  const rules = turn.resources.map((one) => ({ ...one, kind: 'networking.istio.io/DestinationRule', version: 'rule' }));
  return { ...turn, resources: [...turn.resources, ...rules] };
}

class ChangingRegistry implements Registry {
  readonly name = 'vms';
  #slices: readonly Slice[] = [];

  say(reading: Reading): void {
    const services = reading.kind === 'waiting' ? 0 : reading.content.services.size;
    const matched = { services, ofServices: services };
    this.#slices = [{ registry: 'vms', kind: 'file', reading, scopeRevision: 0, matched }];
  }

  slices(): readonly Slice[] {
    return this.#slices;
  }

  outside() {
    return NOTHING_OUTSIDE;
  }

  start(): void {}

  async close(): Promise<void> {}
}
