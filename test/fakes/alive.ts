// What is alive in this process after a full collection: objects of every kind (closures, timers, sockets and listeners are objects
// too), what maps, sets and lists hold, handles, and the process's own listeners. Two counts tell whether something is left behind.
import { Session } from 'node:inspector';

export interface Alive {
  readonly objects: number;
  /** In all maps, sets and arrays together: a table of texts grows without a single object. */
  readonly entries: number;
  /** What keeps the event loop going. */
  readonly handles: number;
  /** On the process itself. */
  readonly listeners: number;
}

export function countAlive(): Alive {
  const session = new Session();
  session.connect();
  try {
    return {
      ...countObjects(session),
      handles: process.getActiveResourcesInfo().length,
      listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
    };
  } finally {
    session.disconnect();
  }
}

/** Lets everything that is under way come to its end. */
export async function settled(): Promise<void> {
  // A `fetch` of a test is remembered by the process, the last 250 of them.
  performance.clearResourceTimings();
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** The inspector collects whatever can be before it looks. */
function countObjects(session: Session): Pick<Alive, 'objects' | 'entries'> {
  const objectGroup = 'alive';
  let counted: unknown;
  session.post('Runtime.evaluate', { expression: 'Object.prototype', objectGroup }, (_error, prototype) => {
    const prototypeObjectId = prototype.result.objectId ?? '';
    session.post('Runtime.queryObjects', { prototypeObjectId, objectGroup }, (_failed, found) => {
      const { objectId } = (found as { readonly objects: { readonly objectId: string } }).objects;
      const call = { functionDeclaration: COUNT, objectId, returnByValue: true };
      session.post('Runtime.callFunctionOn', call, (_wrong, answer) => {
        counted = (answer as { readonly result: { readonly value: unknown } }).result.value;
      });
    });
  });
  session.post('Runtime.releaseObjectGroup', { objectGroup });
  return counted as Pick<Alive, 'objects' | 'entries'>;
}

/** Prototypes inherit too, and have no size. */
const COUNT = `function () {
  const sizeOf = (prototype, key) => Object.getOwnPropertyDescriptor(prototype, key).get;
  const [sizeOfMap, sizeOfSet] = [sizeOf(Map.prototype, 'size'), sizeOf(Set.prototype, 'size')];
  let entries = 0;
  for (const one of this) {
    if (one === Map.prototype || one === Set.prototype) continue;
    try {
      if (Array.isArray(one)) entries += one.length;
      else if (one instanceof Map) entries += sizeOfMap.call(one);
      else if (one instanceof Set) entries += sizeOfSet.call(one);
    } catch {}
  }
  return { objects: this.length, entries };
}`;
