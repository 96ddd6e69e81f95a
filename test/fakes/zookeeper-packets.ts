// ZooKeeper's packets as a server reads and writes them: each is its length in four bytes and then the fields in a row.

export const OPERATIONS = { exists: 3, data: 4, ping: 11, children: 12, auth: 100, setWatches: 101 } as const;
export const EVENTS = { created: 1, deleted: 2, dataChanged: 3, childrenChanged: 4 } as const;

export interface SeenRequest {
  /** Connections are counted from 1. */
  readonly connection: number;
  /** 0 asks for a session. */
  readonly operation: number;
  readonly number: number;
  /** '' where the operation has none. */
  readonly path: string;
  readonly isWatched: boolean;
  /** Credentials of `auth`. */
  readonly credentials: string;
  /** Of the session that is asked for, as hex digits: zeros ask for a new one. */
  readonly session: string;
  readonly timeoutMs: number;
  /** Length of the packet. */
  readonly bytes: number;
}

const NOTHING = { path: '', isWatched: false, credentials: '', session: '', timeoutMs: 0 };

/** The first packet of a connection. */
export function parseSessionRequest(packet: Buffer, connection: number): SeenRequest {
  const session = packet.subarray(20, 28).toString('hex');
  return {
    ...NOTHING,
    connection,
    operation: 0,
    number: 0,
    timeoutMs: packet.readInt32BE(16),
    session,
    bytes: packet.length,
  };
}

export function parseRequest(packet: Buffer, connection: number): SeenRequest {
  const [number, operation] = [packet.readInt32BE(4), packet.readInt32BE(8)];
  const seen = { ...NOTHING, connection, operation, number, bytes: packet.length };
  if (operation === OPERATIONS.auth) {
    const scheme = text(packet, 16);
    return { ...seen, credentials: `${scheme} ${text(packet, 20 + Buffer.byteLength(scheme))}` };
  }
  if (![OPERATIONS.exists, OPERATIONS.data, OPERATIONS.children].some((known) => known === operation)) return seen;
  return { ...seen, path: text(packet, 12), isWatched: packet.readUInt8(packet.length - 1) === 1 };
}

export function sessionAnswer(timeoutMs: number, session: string): Buffer {
  return packetOf(int(0), int(timeoutMs), Buffer.from(session, 'hex'), int(16), Buffer.alloc(16, 1));
}

export function answer(number: number, code: number, ...fields: readonly Buffer[]): Buffer {
  return packetOf(int(number), Buffer.from('0000000000000001', 'hex'), int(code), ...fields);
}

export function event(type: number, path: string): Buffer {
  return packetOf(int(-1), Buffer.alloc(8, 0xff), int(0), int(type), int(3), bytes(Buffer.from(path)));
}

/** What is known of a node besides its content; nobody looks at it. */
export const STAT = Buffer.alloc(68);

export function int(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}

export function bytes(value: Buffer): Buffer {
  return Buffer.concat([int(value.length), value]);
}

export function names(values: readonly string[]): Buffer {
  return Buffer.concat([int(values.length), ...values.map((value) => bytes(Buffer.from(value)))]);
}

function packetOf(...fields: readonly Buffer[]): Buffer {
  return bytes(Buffer.concat(fields));
}

function text(packet: Buffer, offset: number): string {
  return packet.toString('utf8', offset + 4, offset + 4 + packet.readInt32BE(offset));
}
