// Colours are for states alone, and mean the same everywhere.
import {
  MappingType,
  type Threshold as Step,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';

const GOOD = 'green';
const LOOK = 'orange';
const BAD = 'red';

/** As it should be; have a look; act. */
export type State = 'good' | 'look' | 'bad';
export const COLOUR_OF: Readonly<Record<State, string>> = { good: GOOD, look: LOOK, bad: BAD };

/** From this value on something is of that state. */
export type Threshold = { readonly from: number; readonly state: State };
/** What is the worse the less there is of it begins here. */
const LOWEST = Number.NEGATIVE_INFINITY;

/** Good below the first threshold. Without any, no state is meant and no colour is given. */
export function steps(thresholds: readonly Threshold[]): ThresholdsConfigBuilder {
  const first: Step = { value: null, color: thresholds.length === 0 ? 'text' : GOOD };
  const others = thresholds.map(({ from, state }): Step => {
    return { value: from === LOWEST ? null : from, color: COLOUR_OF[state] };
  });
  const all = thresholds[0]?.from === LOWEST ? others : [first, ...others];
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(all);
}

/** Any at all is worth a look. */
export const ANY_IS_WORTH_A_LOOK: readonly Threshold[] = [{ from: 1, state: 'look' }];
export const ANY_IS_BAD: readonly Threshold[] = [{ from: 1, state: 'bad' }];

/**
 * A registry in ZooKeeper is read as a whole every five minutes, between them only what changes; others are read every few
 * seconds. So six minutes are late for all of them.
 */
export const AGE_OF_DATA: readonly Threshold[] = [
  { from: 360, state: 'look' },
  { from: 1800, state: 'bad' },
];

/** 99 of 100 changes are to be acknowledged within ten seconds. */
export const PROPAGATION: readonly Threshold[] = [{ from: 10, state: 'bad' }];

/** Seconds that a certificate is still valid: as FootbridgeCertificateExpiring has it. */
export const CERTIFICATE: readonly Threshold[] = [
  { from: LOWEST, state: 'bad' },
  { from: 86_400, state: 'look' },
  { from: 7 * 86_400, state: 'good' },
];

/** What `stateNumber` gives, as a word. */
const SNAPSHOT_WORDS = {
  0: ['live', GOOD],
  1: ['stale', LOOK],
  2: ['restored', LOOK],
  3: ['held', LOOK],
  4: ['empty', BAD],
} as const;
export const SNAPSHOT_STATES = words(SNAPSHOT_WORDS);
/** The same of a bridge, and one state more: nobody tells. */
export const MISSING_STATE = 5;
export const BRIDGE_STATES = words({ ...SNAPSHOT_WORDS, [MISSING_STATE]: ['missing', BAD] });
export const UP_OR_DOWN = words({ 0: ['down', BAD], 1: ['up', GOOD] });
/** What `sessionNumber` gives, as a word. */
export const SESSION_STATES = words({
  0: ['connected', GOOD],
  1: ['reconnected', GOOD],
  2: ['suspended', LOOK],
  3: ['lost', BAD],
});
export const SAME_OR_DIFFERENT = words({ 0: ['same', GOOD], 1: ['different', LOOK] });
export const RESTORED_OR_NOT = words({ 0: ['read by itself', GOOD], 1: ['restored', LOOK] });
export const WRITTEN_OR_NOT = words({ 0: ['written, or none is kept', GOOD], 1: ['cannot be written', LOOK] });
export const IN_FORCE_OR_NOT = words({ 0: ['as in the file', GOOD], 1: ['file refused', BAD] });

function words(table: Readonly<Record<number, readonly [text: string, color: string]>>): ValueMapping[] {
  const results = Object.entries(table).map(([value, [text, color]], index) => [value, { text, color, index }]);
  return [{ type: MappingType.ValueToText, options: Object.fromEntries(results) }];
}
