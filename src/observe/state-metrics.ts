// SPDX-License-Identifier: Apache-2.0
// The metrics of the state that a process begins with, its own or that of another replica; part of the table in metric-table.ts.
import { counter, gauge, type MetricDeclaration } from './metric-declaration.ts';

export const STATE_METRICS = {
  stateWrites: counter(
    'footbridge_state_writes_total',
    'Attempts to write the state file: too-large, it would be larger than `state.maxBytes`.',
    { outcome: ['written', 'failed', 'too-large'] },
  ),
  stateWriteFailing: gauge(
    'footbridge_state_write_failing',
    '1 while the last attempt to write the state file failed: a restart would begin with an older one.',
    {},
  ),
  stateWritten: gauge(
    'footbridge_state_written_timestamp_seconds',
    'When the state file was last written by this process, Unix time; 0 = never, or none is kept.',
    {},
  ),
  stateRefused: gauge(
    'footbridge_state_refused',
    '1 for each reason why the state file, what another replica told, or what either holds of a registry, was not restored when the process started; docs/state-file.md explains the codes.',
    {
      code: [
        'STATE_UNREADABLE',
        'STATE_TOO_LARGE',
        'STATE_FOREIGN',
        'STATE_FUTURE_SCHEMA',
        'STATE_TRUNCATED',
        'STATE_CORRUPT',
        'STATE_OTHER_NAMESPACE',
        'STATE_OTHER_INSTANCE',
        'STATE_OTHER_REGISTRY',
        'STATE_TOO_OLD',
      ],
    },
  ),
  seedingOutcome: gauge(
    'footbridge_seeding_outcome',
    '1 for what came of asking the other replicas for what they read: given, one of them told it, and `footbridge_state_refused` tells what of it was not restored; refused, it cannot be used, for the reason there; token, the token cannot be used, or is not theirs; silent, they cannot be reached; nothing-read, they have read nothing either; alone, there is no other; unresolved, `replicas.service` has no address. The last answer counts, and given for good. All 0: nobody was asked.',
    { outcome: ['given', 'refused', 'token', 'silent', 'nothing-read', 'alone', 'unresolved'] },
  ),
} as const satisfies Record<string, MetricDeclaration>;
