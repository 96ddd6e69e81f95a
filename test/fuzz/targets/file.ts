// The registry file: bytes of a disk that anybody may have written.

import { utf8Text } from '../../../src/lib/utf8-text.ts';
import { compileSecrets } from '../../../src/registry/decoding/secrets.ts';
import { decodeFile } from '../../../src/registry/file/decode.ts';
import { fileForDump } from '../../../src/registry/file/file-for-dump.ts';
import { filesOfCases, read } from '../inputs/corpus.ts';
import { MODERATE } from '../inputs/growth.ts';
import { LARGE_YAML } from '../inputs/large-yaml.ts';
import { mutatedBytes } from '../inputs/mutated-bytes.ts';
import { mutatedText } from '../inputs/mutated-text.ts';
import { YAML_TOKENS } from '../inputs/yaml-tokens.ts';
import type { Target } from '../target.ts';

const isSecret = compileSecrets([]);
const scope = { include: [{ attributes: {}, metadata: { team: ['payments'] } }], exclude: [] };
const corpus = [
  ...filesOfCases('services.yaml'),
  read('examples/file-registry/registry.yaml'),
  'services: []\n',
  'services: [{name: orders, metadata: &m {team: payments}, instances: [{address: 10.0.0.1, port: 80, metadata: *m}]}]\n',
  '{"services": [{"name": "orders", "instances": [{"address": "10.0.0.1", "ports": [{"number": 80}]}]}]}',
];

const yaml: Target<string> = {
  name: 'file-yaml',
  inputs: mutatedText(corpus, YAML_TOKENS, MODERATE),
  known: LARGE_YAML,
  sizeOf: (text) => text.length,
  decode: (text) => [decodeFile(text, { registry: 'files', isSecret }), fileForDump(text, 'files', scope)],
  budget: { perCase: 8000, perByte: 200 },
};

const bytes: Target<Uint8Array> = {
  name: 'file-bytes',
  inputs: mutatedBytes(
    corpus.map((text) => Buffer.from(text)),
    MODERATE,
  ),
  sizeOf: (given) => given.length,
  decode(given) {
    const text = utf8Text(given);
    return text === undefined ? undefined : decodeFile(text, { registry: 'files', isSecret });
  },
  budget: { perCase: 5000, perByte: 80 },
};

export const fileTargets = { yaml, bytes };
