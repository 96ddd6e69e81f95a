// SPDX-License-Identifier: Apache-2.0
// Who an entry belongs to and where it came from, as labels for people and tools. istiod makes labels of the entry labels of
// the service, where a change costs a push to every sidecar: so nothing here depends on instances or on who is present.
import { compareTexts } from '../lib/compare-texts.ts';
import { type ServiceKey, splitServiceKey } from '../model/service.ts';
import { sortedRecord } from './endpoint-labels.ts';
import type { ConvertOptions } from './options.ts';
import { isKubernetesLabelValue } from './syntax.ts';

export interface Ownership {
  /** Both sorted by key. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Kubernetes takes 256 KiB of annotations in all; a service name longer than this tells nobody more. */
const LONGEST_ANNOTATION = 1024;
const LONGEST_LABEL_VALUE = 63;

/**
 * Labels and annotations of the entry of `services` (joined ones bear those of the first in byte order). A text that no label
 * can hold is bent into one, and stands as it is in the annotation of the same key. What `owner` adds cannot replace ours.
 */
export function ownershipOf(services: readonly ServiceKey[], options: ConvertOptions): Ownership {
  const { instance, labelPrefix, owner } = options;
  const sorted = [...services].sort(compareTexts);
  const { registry, name } = sorted[0] === undefined ? { registry: '', name: '' } : splitServiceKey(sorted[0]);
  const said: readonly (readonly [string, string | undefined])[] = [
    ['app.kubernetes.io/part-of', owner.partOf],
    ['app.kubernetes.io/managed-by', 'footbridge'],
    ['app.kubernetes.io/instance', instance],
    [`${labelPrefix}/team`, owner.team],
    [`${labelPrefix}/registry`, registry],
    [`${labelPrefix}/service`, name],
  ];
  const texts = said.flatMap(([key, text]) => (text === undefined ? [] : [[key, text] as const]));
  const labels = [['app.kubernetes.io/name', name] as const, ...texts].flatMap(([key, text]) => {
    const value = labelValue(text);
    return value === undefined ? [] : [[key, value] as const];
  });
  const raw = texts.filter(([, text]) => !isKubernetesLabelValue(text));
  const joined = sorted.length > 1 ? [[`${labelPrefix}/services`, sorted.join(', ')] as const] : [];
  return {
    labels: sortedRecord([...Object.entries(owner.labels), ...labels]),
    annotations: sortedRecord([...Object.entries(owner.annotations), ...annotations([...raw, ...joined])]),
  };
}

/** The nearest label value; undefined where nothing of the text can stand in one. */
function labelValue(text: string): string | undefined {
  if (text !== '' && isKubernetesLabelValue(text)) return text;
  const bent = text
    .slice(0, LONGEST_LABEL_VALUE)
    .replace(/[^A-Za-z0-9._-]/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .replace(/[^A-Za-z0-9]+$/, '');
  return bent === '' ? undefined : bent;
}

function annotations(texts: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  return texts.map(([key, text]) => [key, wellFormed(text.slice(0, LONGEST_ANNOTATION))]);
}

/** Half a surrogate pair, which JSON can spell, would make istiod drop the whole answer: protobuf text is Unicode. */
export function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
