// SPDX-License-Identifier: Apache-2.0
// `footbridge demo`: the real program on a registry file of its own, with nothing else needed. It reads its own entries
// back over gRPC as istiod would, and says what to try next.
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { createApp } from '../app/app.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { systemClock } from '../lib/clock.ts';
import { hostPortText } from '../lib/host-port.ts';
import { createLog } from '../observe/log.ts';
import {
  ConfigSourceProbe,
  type ProbeAnswer,
  readConfigSource,
  SERVICE_ENTRY_TYPE_URL,
} from '../probe/config-source.ts';
import type { CommandContext } from './command-context.ts';
import { DEMO_REGISTRY } from './demo-registry.ts';
import { EXIT } from './exit-codes.ts';
import { explainProblems, type Loaded } from './load-config.ts';
import { untilInterrupted } from './until-interrupted.ts';
import { describeAnswer } from './watch.ts';

const EPILOGUE = `
It tells the path of its registry file: edit it, and see the change arrive.

Examples:
  footbridge demo                                              until Ctrl-C; pages at http://127.0.0.1:9903
  footbridge demo --serve.port 19902 --admin.port 19903        where the default ports are taken

Exit codes: 0 ended by Ctrl-C; 1 a port is taken; 2 wrong usage or configuration.`;

export function addDemo(program: Command, context: CommandContext): void {
  program
    .command('demo')
    .description('Show it working: an embedded registry file, served on the default ports. No cluster, no Docker.')
    .addHelpText('after', EPILOGUE)
    .action(() => demo(context));
}

async function demo(context: CommandContext): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'footbridge-demo-'));
  // Not at the end of this function: a reader that goes away (`demo | head -1`) ends the process before.
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const registryPath = join(directory, 'registry.yaml');
  await writeFile(registryPath, DEMO_REGISTRY);
  const loaded = loadDemo(context, registryPath);
  if (loaded !== undefined) await run(context, loaded, registryPath);
}

const DEMO_CONFIG = `
namespace: shop
instance: demo
owner: { team: payments }
guard: { removalDebounce: 1s, emptyGrace: 10s }
shutdown: { drainDelay: 0s, stagger: 0s, deadline: 3s }
log: { level: warn, format: text }
`;

function loadDemo(context: CommandContext, registryPath: string): Loaded | undefined {
  const registries = `registries: { demo: { kind: file, path: ${JSON.stringify(registryPath)}, pollInterval: 1s } }\n`;
  const file = { path: 'the configuration of the demo', text: DEMO_CONFIG + registries };
  const result = loadConfig({ file, env: context.env, flags: Object.fromEntries(context.flags) });
  if (result.kind === 'ok') return { config: result.config, settings: result.settings, file: undefined };
  explainProblems(context, result.problems);
  return undefined;
}

async function run(context: CommandContext, loaded: Loaded, registryPath: string): Promise<void> {
  const app = createApp(loaded, { clock: systemClock, random: Math.random, createLog });
  try {
    await app.start();
    await introduce(context, loaded.config, registryPath);
    const watch = tellChanges(context, loaded.config);
    await untilInterrupted();
    watch.close();
    context.output.talk('stopping');
    await app.stop();
  } catch (error) {
    context.output.talk(explainFailure(error, loaded.config));
    context.exit(EXIT.failed);
    await app.close();
  }
}

const READ_BACK_DEADLINE_MS = 10_000;

async function introduce({ output, paint }: CommandContext, config: Config, registryPath: string): Promise<void> {
  const served = servedAddress(config);
  const admin = `http://${hostPortText({ host: config.admin.address, port: config.admin.port })}`;
  const deps = { clock: systemClock, random: Math.random };
  const answers = await readConfigSource({ address: served, name: 'demo' }, READ_BACK_DEADLINE_MS, deps);
  const answer = answers.get(SERVICE_ENTRY_TYPE_URL);
  output.data(`\nThis is what an istiod would be told by xds://${served}:\n`);
  for (const line of answer === undefined ? [] : describeAnswer(answer, paint)) output.data(`  ${line}`);
  output.data(`
State, problems and everything else: ${admin}/

Three things to try:
  1. Watch as istiod does, in a second terminal:      npm start -- watch ${served}
  2. Edit the registry and see the change arrive:     ${registryPath}
  3. Ask why an instance is not in the mesh:          ${admin}/service?name=thumbnails

Changes are told here as they come. End with Ctrl-C.
`);
}

/** Everything after what the introduction has told. */
function tellChanges({ output, paint }: CommandContext, config: Config): ConfigSourceProbe {
  let isFirst = true;
  const onAnswer = (answer: ProbeAnswer) => {
    if (!isFirst) for (const line of describeAnswer(answer, paint)) output.data(`  ${line}`);
    isFirst = false;
  };
  const options = { address: servedAddress(config), name: 'demo' };
  return new ConfigSourceProbe(options, { onAnswer }, { clock: systemClock, random: Math.random });
}

function servedAddress({ serve }: Config): string {
  return hostPortText({ host: serve.address, port: serve.port });
}

function explainFailure(error: unknown, { serve, admin }: Config): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!message.includes('EADDRINUSE')) return `The demo cannot start: ${message}`;
  return `A port of the demo is taken (${message}).
It needs ${serve.port} for istiod and ${admin.port} for people. End what uses them, or choose others:
  npm run demo -- --serve.port 19902 --admin.port 19903`;
}
