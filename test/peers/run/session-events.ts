// What a bridge logs of its ZooKeeper session.

const STATES = ['connected', 'suspended', 'reconnected', 'lost'].map((state) => `zookeeper.${state}`);

export interface SessionEvent {
  readonly event: string;
  readonly code?: string;
  readonly server?: string;
}

/** All of them, the failed attempts to connect included, in the order in which they were logged. */
export function sessionEvents(lines: readonly string[]): readonly SessionEvent[] {
  const isOfSession = (line: string): boolean => line.includes('"event":"zookeeper.');
  return lines.filter(isOfSession).map((line) => JSON.parse(line) as SessionEvent);
}

/** The states that the session went through: `connected`, `suspended`, `reconnected`, `lost`. */
export function sessionStates(lines: readonly string[]): readonly string[] {
  const events = sessionEvents(lines).map(({ event }) => event);
  return events.filter((event) => STATES.includes(event)).map((event) => event.slice('zookeeper.'.length));
}

/** The server that the session was last connected to. */
export function connectedServer(lines: readonly string[]): string | undefined {
  return sessionEvents(lines).findLast(({ server }) => server !== undefined)?.server;
}
