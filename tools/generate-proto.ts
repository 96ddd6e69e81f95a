// Makes the code that encodes and decodes protobuf messages out of the texts in proto/: static functions, no reflection,
// no verifiers or converters (our own types stand in front of them).
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PROTO_FOLDER = join(import.meta.dirname, '../proto');
/** In the order of the output. What is missing here is only imported: the well-known types. */
const PACKAGES = ['istio', 'envoy', 'google/rpc', 'grpc'];
const LEFT_OUT = ['verify', 'convert', 'delimited', 'service', 'create'].map((part) => `--no-${part}`);

export interface GeneratedProto {
  readonly js: string;
  readonly dts: string;
}

/** What src/proto/messages.gen.js and .d.ts have to hold. Writes nothing but a temporary folder. */
export async function generateProto(): Promise<GeneratedProto> {
  const pbjs = createRequire(import.meta.url).resolve('protobufjs-cli/bin/pbjs');
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-proto-'));
  try {
    const target = [
      '-t',
      'static-module',
      '-w',
      'esm',
      '--dts',
      '--root',
      'footbridge',
      '-o',
      join(folder, 'messages.js'),
    ];
    await promisify(execFile)(process.execPath, [
      pbjs,
      ...target,
      ...LEFT_OUT,
      '-p',
      PROTO_FOLDER,
      ...PACKAGES.flatMap(protoFiles),
    ]);
    return {
      js: readFileSync(join(folder, 'messages.js'), 'utf8'),
      dts: readFileSync(join(folder, 'messages.d.ts'), 'utf8'),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function protoFiles(proto: string): string[] {
  return readdirSync(join(PROTO_FOLDER, proto), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.proto'))
    .sort()
    .map((name) => join(PROTO_FOLDER, proto, name));
}
