// SPDX-License-Identifier: Apache-2.0
// The list of what is frozen: mappings of three known keys.
import { type FreezeOrder, isReason, LONGEST_REASON, targetFrom, timeFrom } from '../model/freeze-order.ts';
import { type Format, type Reading, textFormat, value } from './format.ts';
import { read, rulesOf, unknownKey } from './rule-formats.ts';

const target = textFormat(
  '`*` for everything, the name of a registry, or `<registry>/<service>`',
  { pattern: '^(?:\\*|[a-z0-9]{1,15}(?:/.+)?)$', maxLength: 500 },
  targetFrom,
);
const reason = textFormat(
  `one line of at most ${LONGEST_REASON} characters`,
  { minLength: 1, maxLength: LONGEST_REASON },
  (text) => (isReason(text) ? text : undefined),
);
const until = textFormat(
  'a time such as `2026-12-01T12:00:00Z`',
  { pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d)?(?:Z|[+-]\\d\\d:\\d\\d)$' },
  timeFrom,
);

export const freezeList: Format<readonly FreezeOrder[]> = rulesOf(
  'a list of freezes: `target` and `reason`, with or without `until`',
  {
    type: 'object',
    properties: { target: target.schema, reason: reason.schema, until: until.schema },
    additionalProperties: false,
    required: ['target', 'reason'],
  },
  readFreeze,
);

function readFreeze(freeze: ReadonlyMap<unknown, unknown>): Reading<FreezeOrder> {
  const unknown = unknownKey(freeze, ['target', 'reason', 'until']);
  if (unknown !== undefined) return unknown;
  const what = read(freeze, 'target', target);
  if (what.kind === 'refused') return what;
  const why = read(freeze, 'reason', reason);
  if (why.kind === 'refused') return why;
  const end = freeze.has('until') ? read(freeze, 'until', until) : value(undefined);
  if (end.kind === 'refused') return end;
  return value({ target: what.value, reason: why.value, untilMs: end.value });
}
