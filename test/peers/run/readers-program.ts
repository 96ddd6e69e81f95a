// Readers in a process of their own, so that neither their memory nor their stopping is anybody else's:
// `node --import tsx readers-program.ts HOST:PORT PROTOCOL…`. Prints a line of JSON for each response (readers.ts).
import { istio } from '../../../src/proto/messages.gen.js';
import { isReaderProtocol, read, type Store } from './reader.ts';
import { isMarked, type ReaderLine } from './readers.ts';

const [address = '', ...protocols] = process.argv.slice(2);
protocols.filter(isReaderProtocol).forEach((protocol, reader) => {
  read(protocol, `reader-${reader}`, address, {
    onAnswer: (store, told) => print({ reader, answer: { mark: markOf(store), held: store.size, told } }),
    onLost: (lost) => print({ reader, lost }),
  });
});

function markOf(store: Store): string {
  const name = [...store.keys()].find(isMarked);
  const entry = name === undefined ? undefined : store.get(name);
  if (entry === undefined) return 'no mark';
  return istio.networking.v1alpha3.ServiceEntry.decode(entry.bytes).endpoints?.[0]?.labels?.['version'] ?? 'no mark';
}

function print(line: ReaderLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
