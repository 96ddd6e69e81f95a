// A Go program of ours that is told one JSON object a line and tells one a line; what it logs besides is no such line.
import { type PeerName, peerPath } from '../build/peers.ts';
import { Child } from './child.ts';

export class LineProgram<Command extends object, Event extends object> {
  readonly child: Child;

  constructor(peer: PeerName, args: readonly string[]) {
    this.child = new Child({ name: peer, command: peerPath(peer), args, takesCommands: true });
  }

  /** All that it told since it started. */
  events(): readonly Event[] {
    return this.child.lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Event);
  }

  tell(command: Command): void {
    this.child.say(JSON.stringify(command));
  }
}
