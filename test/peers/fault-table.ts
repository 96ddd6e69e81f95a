// Every fault × registry: what happens, what istiod holds, what the operator sees, and the tests that show it with real peers.
// docs/faults.md is made from this, and a test looks whether each named test exists.

export type Cell = Proven | Elsewhere | Missing;

/** By tests with real peers. */
export interface Proven {
  readonly kind: 'proven';
  /** What the operator sees: a code, or a hold. */
  readonly seen: string;
  /** Number of the suite, and a part of the source that only the test has: its name, or the fault that it goes through. */
  readonly tests: readonly (readonly [number, string])[];
}

/** By tests with a fake, or of a part alone, and why not of the whole with the real peer. */
export interface Elsewhere {
  readonly kind: 'elsewhere';
  readonly seen: string;
  readonly file: string;
  readonly test: string;
  readonly why: string;
}

export interface Missing {
  readonly kind: 'missing';
  readonly why: string;
}

export interface Row {
  readonly fault: string;
  /** What istiod holds meanwhile, where that is not simply everything that it had. */
  readonly istiod?: string;
  readonly eureka: Cell;
  readonly zookeeper: Cell;
}

function proven(seen: string, ...tests: readonly (readonly [number, string])[]): Proven {
  return { kind: 'proven', seen, tests };
}

function missing(why: string): Missing {
  return { kind: 'missing', why };
}

const NO_HTTP = missing('ZooKeeper speaks no HTTP: whatever else answers there is garbage, see above');
const NO_STATUS = missing('an answer of ZooKeeper has no status of this kind');
const HELD_MANY = 'the hold `many-gone`';
const HELD_ALL = 'the hold `everything-gone`';

export const FAULT_TABLE: readonly Row[] = [
  {
    fault: 'takes no connection',
    eureka: proven('`EUREKA_UNREACHABLE`', [4, 'stopped, and started again empty, filling over 30 s']),
    zookeeper: proven(
      'session `suspended`',
      [36, 'that takes no connection'],
      [16, 'ends because the server is restarted'],
    ),
  },
  {
    fault: 'resets connections',
    eureka: proven('`EUREKA_UNREACHABLE`', [35, 'resets every connection']),
    zookeeper: proven('session `suspended`, `reconnected`', [
      16,
      'is cut, and the other server takes connections without a word',
    ]),
  },
  {
    fault: 'takes connections and says nothing',
    eureka: proven('`EUREKA_TIMEOUT`', [35, 'takes requests and never answers']),
    zookeeper: proven('`ZOOKEEPER_TIMEOUT`, session `lost`', [16, 'a network that lets nothing through']),
  },
  {
    fault: 'is paused',
    eureka: proven('`EUREKA_TIMEOUT`', [4, 'frozen: connections open, no answer comes']),
    zookeeper: proven('session `lost`', [16, 'a server that is paused']),
  },
  {
    fault: 'is slow',
    eureka: proven('`EUREKA_TIMEOUT`', [35, 'answers a byte at a time']),
    zookeeper: proven('nothing: what is slow arrives', [36, 'whose answers come late']),
  },
  {
    fault: 'ends in the middle of an answer',
    eureka: proven('`EUREKA_BROKEN_ANSWER`', [35, 'ends in the middle of its list']),
    zookeeper: proven('`ZOOKEEPER_BROKEN_ANSWER`', [16, 'is cut in the middle of an answer']),
  },
  {
    fault: 'answers garbage',
    eureka: proven(
      '`EUREKA_NOT_JSON`, `EUREKA_NOT_A_REGISTRY`',
      [35, 'answers garbage'],
      [35, 'answers an empty body'],
      [35, 'answers other JSON'],
    ),
    zookeeper: proven('`ZOOKEEPER_BROKEN_ANSWER`, session `lost`', [36, 'that says other bytes than it means']),
  },
  {
    fault: 'answers 200 with a page',
    eureka: proven('`EUREKA_NOT_JSON`', [35, 'answers 200 with a page']),
    zookeeper: NO_HTTP,
  },
  {
    fault: 'gives a wrong length',
    eureka: proven(
      '`EUREKA_BROKEN_ANSWER`, `EUREKA_NOT_JSON`',
      [35, 'says that its list is longer than it is'],
      [35, 'says that its list is shorter than it is'],
    ),
    zookeeper: {
      kind: 'elsewhere',
      seen: '`ZOOKEEPER_BROKEN_ANSWER`',
      file: 'test/faults/zookeeper-session-nonsense.test.ts',
      test: 'ends the connection, not the process',
      why: 'no real server gives one',
    },
  },
  {
    fault: 'answers a gzip bomb',
    eureka: proven('`EUREKA_TOO_LARGE`', [35, 'answers a gzip bomb']),
    zookeeper: missing(
      'answers are never compressed, and one that is larger than a packet may be is a wrong length, see above',
    ),
  },
  {
    fault: 'answers 500',
    eureka: proven('`EUREKA_SERVER_ERROR`', [35, 'answers 500']),
    zookeeper: {
      kind: 'elsewhere',
      seen: '`ZOOKEEPER_SERVER_ERROR`',
      file: 'test/faults/zookeeper-session-faults.test.ts',
      test: 'fails the read that it answers, and the connection stays',
      why: 'no real server answers with an error of its own at will',
    },
  },
  {
    fault: 'answers 503',
    eureka: proven('`EUREKA_SERVER_ERROR`', [35, 'answers 503'], [4, 'answering 503 to everything']),
    zookeeper: NO_STATUS,
  },
  { fault: 'answers 429', eureka: proven('`EUREKA_SERVER_ERROR`', [35, 'answers 429']), zookeeper: NO_STATUS },
  {
    fault: 'does not know who asks (401)',
    eureka: proven('`EUREKA_UNAUTHORIZED`', [35, 'answers 401']),
    zookeeper: {
      kind: 'elsewhere',
      seen: '`ZOOKEEPER_UNAUTHENTICATED`, session `lost`',
      file: 'test/faults/zookeeper-session-credentials.test.ts',
      test: 'that the server refuses after a reconnect ends the session',
      why: 'a real server that knows nobody lets nobody in, so there is nothing yet to lose',
    },
  },
  {
    fault: 'refuses to tell (403)',
    eureka: proven('`EUREKA_FORBIDDEN`', [35, 'answers 403']),
    zookeeper: proven('`PATH_UNREADABLE`: what it had of the path stays', [
      22,
      'is taken away for one interface, and given back',
    ]),
  },
  {
    fault: 'does not have the path (404)',
    eureka: proven('`EUREKA_NOT_FOUND`', [35, 'answers 404']),
    zookeeper: proven('`ZOOKEEPER_NO_ROOT`', [
      22,
      'is deleted with all that is below it, and created again node by node',
    ]),
  },
  { fault: 'sends elsewhere (302)', eureka: proven('`EUREKA_REDIRECTED`', [35, 'answers 302']), zookeeper: NO_STATUS },
  {
    fault: 'lists nothing',
    eureka: proven(HELD_ALL, [35, 'answers an empty list'], [35, 'lists applications without their instances']),
    zookeeper: proven(HELD_ALL, [36, 'every application']),
  },
  {
    fault: 'lists another cluster',
    istiod: 'everything that it had, beside what of the other cluster is in scope',
    eureka: proven(HELD_ALL, [35, 'lists the applications of another cluster']),
    zookeeper: missing(
      'another cluster has another session: it is a new one that lists nothing of what was known, see above',
    ),
  },
  {
    fault: 'lacks half of the applications',
    eureka: proven(HELD_MANY, [35, 'lacks half of the applications']),
    zookeeper: proven(HELD_MANY, [36, 'half of the applications']),
  },
  {
    fault: 'is one of several, and behind',
    eureka: proven(`${HELD_MANY}, which the next server ends`, [39, 'that lacks half of the instances: read once']),
    zookeeper: missing('a server refuses a session that has seen more than it has'),
  },
  {
    fault: 'was restarted, and fills again',
    eureka: proven(
      HELD_ALL,
      [4, 'stopped, and started again empty, filling over 30 s'],
      [5, 'killed and started again beside a Eureka that has just forgotten everything'],
    ),
    // Its tree is on its disk: what fills again is one that lost it.
    zookeeper: proven(
      'session `reconnected`; `ZOOKEEPER_NO_ROOT` where its tree is lost',
      [16, 'ends because the server is restarted'],
      [22, 'is deleted with all that is below it, and created again node by node'],
    ),
  },
  {
    fault: 'ends the session',
    eureka: missing('Eureka has no sessions'),
    zookeeper: proven('session `lost`', [16, 'outlives its session, which the server ends']),
  },
  {
    fault: 'loses a member',
    eureka: proven('nothing: the other server is read inside one poll', [
      4,
      'whichever of them is killed, the bridge goes on with the other inside one poll',
    ]),
    zookeeper: proven(
      'session `suspended`, `reconnected`',
      [16, 'loses its leader'],
      [16, 'loses the follower that is connected'],
    ),
  },
  {
    fault: 'changes while it cannot be read',
    istiod: 'everything that it had; what changed, and what was removed and came again, with the next read',
    eureka: proven(
      'the error of the read that fails',
      [35, 'cannot read it while it changes'],
      [41, 'that changes while it cannot be read'],
    ),
    zookeeper: proven(
      'session `lost`',
      [16, 'a network that lets nothing through'],
      [17, 'all of them change at once while the session reconnects'],
    ),
  },
  {
    fault: 'shows a certificate that is not trusted',
    eureka: proven('`EUREKA_TLS`', [39, 'whose certificate has expired, until it shows']),
    zookeeper: proven('`ZOOKEEPER_TLS`, session `suspended`', [39, 'whose certificate has expired: the session']),
  },
  {
    fault: 'shows a renewed certificate',
    eureka: proven('`EUREKA_TLS`, until the CA is renewed too', [
      39,
      'whose certificate is signed by another CA, until',
    ]),
    zookeeper: proven('`ZOOKEEPER_TLS`, until the CA is renewed too', [
      39,
      'whose certificate is signed by another CA: the session',
    ]),
  },
  {
    fault: 'cannot be found by its name',
    eureka: proven('`EUREKA_UNREACHABLE`', [39, 'whose name nobody finds']),
    zookeeper: proven('`ZOOKEEPER_UNREACHABLE`, session `suspended`', [39, 'whose name nobody finds: the session']),
  },
  {
    fault: 'lists what it listed long ago, from a backup',
    istiod: 'everything that it had, where more than `guard.removalShare` is lacking; else see below',
    eureka: proven(HELD_MANY, [41, 'that is restored from a backup']),
    zookeeper: proven(`\`ZOOKEEPER_HANDSHAKE\`, session \`lost\`, then ${HELD_MANY}`, [
      36,
      'that a server is restored from',
    ]),
  },
  {
    fault: 'lost much, and the clock of the machine is set forward or back',
    istiod:
      'everything that it had; but over a restart a clock that was set forward cannot be told from time that has passed, so a hold may end with the next good read',
    eureka: proven(
      'the same hold',
      [41, 'while its clock is set forward and back, by more than the hold lasts'],
      [41, 'and is killed, and started again with a clock that was set back by an hour'],
      [41, 'and is killed, and started again with a clock that was set forward by an hour'],
    ),
    zookeeper: missing('which registry is read does not matter, see the cell beside it'),
  },
  {
    fault: 'changes throughout, and the connection is cut again and again',
    istiod: 'nothing wrong, and everything that the registry holds throughout',
    eureka: proven('`EUREKA_UNREACHABLE`, now and then', [35, 'is cut off again and again while it changes']),
    zookeeper: proven('session `suspended`, `reconnected`', [
      17,
      'all of them change at once, and the connection is cut again in the middle of reading everything anew',
    ]),
  },
  {
    fault: 'is down, and the bridge is killed and started again',
    eureka: proven('state `restored`', [35, 'is killed and started again while it']),
    zookeeper: proven(
      'state `restored`',
      [36, 'that is down while the bridge is killed and started again'],
      [37, 'whether or not the registry can be reached'],
    ),
  },
  {
    fault: 'lost much, and the bridge is killed and started again during the hold',
    eureka: proven('the same hold', [35, 'is killed and started again while it']),
    zookeeper: proven('the same hold', [36, 'and the bridge is killed and started again meanwhile']),
  },
  {
    fault: 'is well, and the bridge is stopped for a while',
    eureka: proven('nothing but the age of what is known', [35, 'is stopped for a while, and goes on']),
    zookeeper: proven('nothing but the age of what is known', [
      36,
      'that is well while the bridge is stopped for a while',
    ]),
  },
  {
    fault: 'is well, and the disk of the bridge is full',
    eureka: proven('`footbridge_state_write_failing`, a note on the page', [35, 'has a full disk']),
    zookeeper: missing('which registry is read does not matter, see the cell beside it'),
  },
  {
    fault: 'is down, and istiod is killed and started again',
    istiod: 'everything that it had, before it is ready',
    eureka: proven('a client that comes anew', [
      35,
      'is killed and started again in an outage: it has everything before it is ready',
    ]),
    zookeeper: proven('a client that comes anew', [36, 'that is down while istiod alone is killed']),
  },
  {
    fault: 'is down, and bridge and istiod are killed and started again',
    istiod: 'everything that it had, before it is ready',
    eureka: proven('state `restored`', [
      35,
      'is started again together with the bridge, which was killed, in an outage',
    ]),
    zookeeper: proven('state `restored`', [
      36,
      'that is down while bridge and istiod are killed: istiod has everything before it is ready',
    ]),
  },
  {
    fault: 'is well, and istiod is stopped for a while',
    istiod: 'what it had; what changed when it goes on',
    eureka: proven('its lag', [35, 'is stopped for a while, and is told what it missed']),
    zookeeper: proven('its lag', [36, 'that is well while istiod is stopped for a while']),
  },
];
