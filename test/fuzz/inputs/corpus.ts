// What the other tests know to be valid, as seeds: recorded dumps and files, beside which the fakes of those tests stand.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectOf, parsedJson, textOf } from '../../../src/lib/json-value.ts';

const CASES = 'test/golden/cases';

interface RecordedDump {
  readonly kind: string;
  readonly raw: unknown;
}

/** Of one kind of registry, as `raw` of the dump. */
export function dumpsOf(kind: string): readonly unknown[] {
  const cases = filesOfCases('dump.json').flatMap(dumpIn);
  const examples = ['eureka', 'dubbo', 'spring-cloud-zookeeper'].flatMap((name) =>
    dumpIn(read(`examples/${name}/dump.json`)),
  );
  return [...cases, ...examples].filter((dump) => dump.kind === kind).map(({ raw }) => raw);
}

/** Of every golden case that has such a file, its text. */
export function filesOfCases(name: string): readonly string[] {
  const paths = readdirSync(CASES)
    .sort()
    .map((folder) => join(CASES, folder, name));
  return paths.filter((path) => existsSync(path)).map(read);
}

export function read(path: string): string {
  return readFileSync(path, 'utf8');
}

function dumpIn(text: string): readonly RecordedDump[] {
  const { kind, raw } = objectOf(parsedJson(text)) ?? {};
  const name = textOf(kind);
  return name === undefined ? [] : [{ kind: name, raw: typeof raw === 'string' ? (parsedJson(raw) ?? raw) : raw }];
}
