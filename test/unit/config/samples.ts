// Configurations that several tests begin with.
import { type ConfigSources, type LoadResult, loadConfig } from '../../../src/config/load.ts';
import { type ConfigProblem, configProblemSentence } from '../../../src/config/problem.ts';

export const SMALLEST = `namespace: payments
instance: bridge-1
registries:
  legacy:
    kind: eureka
    urls: [http://eureka:8761/eureka]
`;

export const FILE_PATH = 'footbridge.yaml';

/** `SMALLEST`, or the given text, with further layers. */
export function load(text: string = SMALLEST, layers: Partial<Omit<ConfigSources, 'file'>> = {}): LoadResult {
  return loadConfig({ file: { path: FILE_PATH, text }, env: {}, flags: {}, ...layers });
}

export function loaded(text?: string, layers?: Partial<Omit<ConfigSources, 'file'>>) {
  const result = load(text, layers);
  if (result.kind === 'ok') return result;
  throw new Error(result.problems.map(configProblemSentence).join('\n'));
}

export function problemsOf(text?: string, layers?: Partial<Omit<ConfigSources, 'file'>>): readonly ConfigProblem[] {
  const result = load(text, layers);
  return result.kind === 'invalid' ? result.problems : [];
}

/** Plain objects as the loader sees them: mappings are Maps. */
export function toDocument(written: unknown): unknown {
  if (Array.isArray(written)) return written.map(toDocument);
  if (typeof written !== 'object' || written === null) return written;
  return new Map(Object.entries(written).map(([key, value]) => [key, toDocument(value)]));
}
