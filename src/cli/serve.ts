// SPDX-License-Identifier: Apache-2.0
// `footbridge serve`: run until told to stop.
import type { Command } from 'commander';
import { createApp } from '../app/app.ts';
import { untilStopped } from '../app/lifecycle.ts';
import { watchReloads } from '../app/reload.ts';
import { systemClock } from '../lib/clock.ts';
import { VERSION } from '../lib/version.ts';
import { createLog } from '../observe/log.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { loadOrExplain } from './load-config.ts';

const EPILOGUE = `
Both ports listen at once, whatever the registries do: istiod must find a config source when it starts. SIGHUP reads the file
anew, SIGTERM leaves in order, a second signal ends at once.

Examples:
  footbridge serve --config footbridge.yaml                            run
  footbridge serve --config footbridge.yaml --log.level debug          a flag overrides the file
  FOOTBRIDGE_INSTANCE=blue footbridge serve --config footbridge.yaml   and so does the environment

Exit codes: 0 stopped in order; 1 a port is taken, or it had to be ended; 2 wrong usage or configuration.`;

export function addServe(program: Command, context: CommandContext): void {
  program
    .command('serve')
    .description('Read the registries and serve istiod until stopped (the default command).')
    .option('-c, --config <file>', 'configuration file (YAML or JSON)')
    .addHelpText('after', EPILOGUE)
    .action((options: { config?: string }) => serve(context, options.config));
}

async function serve(context: CommandContext, configPath: string | undefined): Promise<void> {
  const loaded = await loadOrExplain(context, configPath);
  if (loaded === undefined) return;
  const app = createApp(loaded, { clock: systemClock, random: Math.random, createLog });
  const { log } = app;
  log.info('process.started', { version: VERSION, node: process.version, pid: process.pid });
  try {
    const { grpcPort, adminPort } = await app.start();
    log.info('process.listening', { grpcPort, adminPort });
  } catch (error) {
    log.error('process.cannot_listen', { why: error instanceof Error ? error.message : String(error) });
    await app.close();
    return context.exit(EXIT.failed);
  }
  const reloads = watchReloads(app, loaded, { clock: systemClock, env: context.env, flags: context.flags, log });
  const stoppedInOrder = await untilStopped({
    signals: process,
    clock: systemClock,
    log,
    deadlineMs: loaded.config.shutdown.deadlineMs,
    stop: async () => {
      reloads.close();
      await app.stop();
    },
    exitNow: (code) => process.exit(code),
    onReload: reloads.reload,
  });
  log.info('process.stopped', { inOrder: stoppedInOrder });
  if (!stoppedInOrder) process.exit(EXIT.failed);
}
