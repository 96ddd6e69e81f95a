// SPDX-License-Identifier: Apache-2.0
// The state of the program as the admin pages show it. Pure but for being asked; masks nothing, because nothing that comes
// here holds a secret: registries drop them while decoding, and the configuration prints itself masked.

import type { Overview } from '../admin/overview.ts';
import type { AdminViews, Readiness, RegistryView, ResourceView } from '../admin/views.ts';
import type { Config } from '../config/config.ts';
import type { Settings } from '../config/load.ts';
import { printConfig } from '../config/print.ts';
import { toManifest } from '../convert/to-yaml.ts';
import { VERSION } from '../lib/version.ts';
import type { Service } from '../model/service.ts';
import type { Events } from '../observe/events.ts';
import type { Slice } from '../registry/registry.ts';
import { explain } from './explain/explain.ts';
import type { ExplainInput } from './explain/input.ts';
import { metricSources, type ProgramState } from './figures.ts';
import { freezeViews } from './freeze-views.ts';
import { holdSentence } from './hold-sentence.ts';
import { problemsOf } from './problems.ts';
import { ownProblems, problemCounts, serviceRows, serviceViews } from './service-views.ts';

/** `restoring`: it listens, and asks its state file and the other replicas, for seconds at most. */
export type Phase = 'starting' | 'restoring' | 'ready' | 'draining';

export interface RunningProgram {
  readonly config: () => Config;
  readonly settings: () => Settings;
  readonly phase: () => Phase;
  readonly replica: string;
  readonly startedAtMs: number;
  readonly now: () => number;
  readonly events: Events;
  /** What audits of a registry found; undefined: nothing since the start. */
  readonly drift: (registry: string) => RegistryView['drift'];
}

export function createAdminViews(state: ProgramState, program: RunningProgram): AdminViews {
  return {
    overview: () => overview(state, program),
    readiness: () => readiness(state, program.phase()),
    config: () => printConfig(program.settings()),
    registries: () =>
      state.slices().map((slice) =>
        registryView(slice, {
          own: ownProblems(state.lastTurn(), slice.registry),
          session: state.session(slice.registry),
          drift: program.drift(slice.registry),
        }),
      ),
    listed: (registry) => servicesOf(state.slices().find((slice) => slice.registry === registry)).map(listedService),
    services: () => serviceViews(state.lastTurn()),
    serviceRows: () => serviceRows(state.lastTurn()),
    problems: () => problemCounts(state.lastTurn()),
    resources: () => resourceViews(state),
    clients: () => state.clients(),
    events: () => program.events.list(),
    explain: (name) => explain(name, explainInput(state, program)),
  };
}

function explainInput(state: ProgramState, { config, now }: RunningProgram): ExplainInput {
  return {
    config: config(),
    nowMs: now(),
    slices: state.slices(),
    outside: state.outside,
    turn: state.lastTurn(),
    served: { snapshot: state.snapshot(), clients: state.clients(), since: state.servedSince },
  };
}

function overview(state: ProgramState, { config, replica, startedAtMs }: RunningProgram): Overview {
  const { namespace, instance, admin } = config();
  const sources = metricSources(state);
  const { services } = sources.conversion();
  const figures = sources.snapshot();
  const { serial, fingerprint, kinds } = state.snapshot();
  const resources = [...kinds.values()].reduce((sum, set) => sum + set.resources.size, 0);
  const { connected, synced } = sources.clients();
  const turn = state.lastTurn();
  return {
    version: VERSION,
    namespace,
    instance,
    replica,
    startedAtMs,
    snapshot: { state: figures.state, serial, fingerprint, resources, publishedAtMs: figures.publishedAtMs },
    services,
    problems: turn === undefined ? 0 : problemsOf(turn).length,
    clients: {
      connected: connected.istiod + connected.other,
      synced: synced.istiod + synced.other,
      istiods: connected.istiod,
    },
    holds: (turn?.guarded.holds ?? []).map((hold) => ({ ...hold, sentence: holdSentence(hold) })),
    freezes: freezeViews(turn?.guarded),
    canChange: admin.tokenFile !== undefined,
    isReloadRefused: state.isReloadRefused(),
    access: state.access(),
    refusals: state.refusals(),
    saved: state.saved(),
    notRestored: state.notRestored(),
  };
}

/** Ready means "can answer istiod": what the registries say does not matter for it, and is told beside it. */
function readiness(state: ProgramState, phase: Phase): Readiness {
  return {
    conditions: [
      { name: 'listening', isMet: phase !== 'starting' },
      { name: 'former state asked for', isMet: phase !== 'starting' && phase !== 'restoring' },
      { name: 'not draining', isMet: phase !== 'draining' },
    ],
    information: state.slices().map(readingSentence),
  };
}

function readingSentence({ registry, reading }: Slice): string {
  if (reading.kind === 'live') return `Registry ${registry} is live.`;
  const why = reading.lastError === undefined ? '' : `: ${reading.lastError.message}`;
  switch (reading.kind) {
    case 'waiting':
      return `Registry ${registry} was not read yet${why}`;
    case 'restored':
      return `Registry ${registry} was not read yet, what a former process read is served${why}`;
    case 'stale':
      return `Registry ${registry} cannot be read, its last good content is served${why}`;
  }
}

function registryView(slice: Slice, beside: Pick<RegistryView, 'own' | 'session' | 'drift'>): RegistryView {
  const { registry: name, kind, reading, matched } = slice;
  const content = reading.kind === 'waiting' ? undefined : reading.content;
  const services = servicesOf(slice);
  return {
    name,
    kind,
    state: reading.kind,
    readAtMs: content?.readAtMs,
    sinceMs: reading.kind === 'live' ? undefined : reading.sinceMs,
    lastError: reading.kind === 'live' ? undefined : reading.lastError,
    services: services.length,
    instances: services.reduce((sum, { instances }) => sum + instances.length, 0),
    matched,
    problems: content?.problems.length ?? 0,
    ...beside,
  };
}

function servicesOf(slice: Slice | undefined): readonly Service[] {
  if (slice === undefined || slice.reading.kind === 'waiting') return [];
  return [...slice.reading.content.services.values()];
}

function listedService({ name, instances }: Service): { readonly name: string; readonly instances: readonly object[] } {
  return { name, instances };
}

function* resourceViews(state: ProgramState): Generator<ResourceView> {
  for (const { entry } of state.lastTurn()?.converted ?? []) {
    if (entry !== undefined) yield { kind: entry.kind, name: entry.name, manifest: () => toManifest(entry) };
  }
}
