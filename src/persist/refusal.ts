// SPDX-License-Identifier: Apache-2.0
// Why a state file, or what it holds of one registry, is not restored. Codes are public and never renamed: metrics, logs and
// docs/state-file.md show them.

/** Code → what is wrong, with `{detail}` for what was found. */
const REASONS = {
  STATE_UNREADABLE: 'cannot be read ({detail})',
  STATE_TOO_LARGE: 'is larger than `state.maxBytes` ({detail})',
  STATE_FOREIGN: 'is not the state file of a bridge; it is left alone, and no state is written there',
  STATE_FUTURE_SCHEMA: 'was written by a newer release ({detail})',
  STATE_TRUNCATED: 'ends too early ({detail})',
  STATE_CORRUPT: 'is damaged ({detail})',
  STATE_OTHER_NAMESPACE: 'was written by a bridge that publishes into another namespace ({detail})',
  STATE_OTHER_INSTANCE: 'was written by a bridge with another `instance` ({detail})',
  STATE_OTHER_REGISTRY: 'is of a registry that the configuration does not have ({detail})',
  STATE_TOO_OLD: 'is older than `state.maxAge` ({detail})',
} as const;

export type StateCode = keyof typeof REASONS;

export const STATE_CODES = Object.keys(REASONS) as readonly StateCode[];

export interface StateRefusal {
  readonly code: StateCode;
  /** Name of the registry whose state is refused; '' where it is the whole file. */
  readonly registry: string;
  /** Address of the replica that gave it; undefined: it is of the state file, or of all that is to be restored. */
  readonly replica?: string;
  /** Without the path. Holds nothing of the content but names, cut short. */
  readonly sentence: string;
}

export function refusal(code: StateCode, detail: string, registry = ''): StateRefusal {
  const what = registry === '' ? 'The state file' : `What is saved of registry ${registry}`;
  return { code, registry, sentence: `${what} ${REASONS[code].replace('{detail}', () => detail)}.` };
}

/** The same of a state that another replica gave. */
export function ofReplica({ code, registry, sentence }: StateRefusal, address: string): StateRefusal {
  if (code === 'STATE_FOREIGN')
    return {
      code,
      registry,
      replica: address,
      sentence: `Replica ${address} answered with what is no state of a bridge.`,
    };
  return {
    code,
    registry,
    replica: address,
    sentence: sentence.replace(/[Tt]he state file/, (the) => `${the.slice(0, 3)} state of replica ${address}`),
  };
}
