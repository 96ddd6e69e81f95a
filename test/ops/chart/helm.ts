// Renders the chart with a real Helm, as whoever installs it does.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { peerPath } from '../../peers/build/peers.ts';

export const CHART = 'charts/footbridge';
export const HELMS = ['helm4', 'helm3'] as const;
export type Helm = (typeof HELMS)[number];

export interface Release {
  readonly helm?: Helm;
  /** Default: `footbridge`. */
  readonly name?: string;
  /** Default: `payments`. */
  readonly namespace?: string;
  /** Values files, the later ones win. */
  readonly files?: readonly string[];
  /** Laid over the files. */
  readonly values?: unknown;
  readonly chart?: string;
  readonly more?: readonly string[];
}

/** What a Kubernetes object is to these tests. */
export interface Rendered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** The objects of a release. Throws with what Helm says when it refuses. */
export function render(release: Release): readonly Rendered[] {
  return parseAllDocuments(template(release)).flatMap((document) => {
    if (document.errors.length > 0) throw new Error(`Helm rendered what is no YAML: ${document.errors[0]?.message}`);
    const object = document.toJS() as Rendered | null;
    return object === null ? [] : [object];
  });
}

/** The text that `helm template` prints. Throws with what Helm says when it refuses. */
export function template(release: Release): string {
  return run(['template', ...placed(release)], release);
}

/** What Helm answers to values that it should refuse. Throws when it takes them. */
export function refusal(release: Release): string {
  try {
    template(release);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('Helm rendered what it should have refused');
}

/** All that an installation does and says: hooks, objects and NOTES.txt. By Helm 4, whose dry run needs no cluster. */
export function install(release: Omit<Release, 'helm'>): string {
  const said = run(['install', ...placed(release), '--dry-run=client'], release);
  return said.slice(said.indexOf('\nHOOKS:'));
}

/** NOTES.txt as an installation by Helm 4 prints it. */
export function notes(release: Omit<Release, 'helm'>): string {
  const said = install(release);
  return said.slice(said.indexOf('\nNOTES:\n') + '\nNOTES:\n'.length);
}

export function helm(args: readonly string[], which: Helm = 'helm4'): string {
  const done = spawnSync(peerPath(which), args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (done.status !== 0) throw new Error(`${done.stdout}${done.stderr}`);
  return done.stdout;
}

function placed({ name = 'footbridge', namespace = 'payments', chart = CHART }: Release): readonly string[] {
  return [name, chart, '--namespace', namespace];
}

/** The same question has the same answer, and suites ask many questions twice. */
const answers = new Map<string, string>();

function run(args: readonly string[], { helm: which = 'helm4', files = [], values, more = [] }: Release): string {
  const question = JSON.stringify([which, args, files, values, more]);
  const known = answers.get(question);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-values-'));
  try {
    const overlay = join(folder, 'values.yaml');
    // Helm reads YAML 1.1, where yes and no are booleans.
    writeFileSync(overlay, stringify(values ?? {}, { version: '1.1' }));
    const said = helm([...args, ...[...files, overlay].flatMap((file) => ['--values', file]), ...more], which);
    answers.set(question, said);
    return said;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
