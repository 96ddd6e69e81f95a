// SPDX-License-Identifier: Apache-2.0
// `footbridge config ...`: what is in effect, whether a file is valid, and what there is to configure.
import type { Command } from 'commander';
import { describeJsonSchema, describeMarkdown } from '../config/describe.ts';
import { printConfig } from '../config/print.ts';
import type { CommandContext } from './command-context.ts';
import { loadOrExplain } from './load-config.ts';

export function addConfig(program: Command, context: CommandContext): void {
  const config = program.command('config').description('Look at the configuration; nothing is read from a registry.');
  config
    .command('print')
    .description('Print the effective values, each with its origin; secrets are masked.')
    .option('-c, --config <file>', 'configuration file (YAML or JSON)')
    .action(async (options: { config?: string }) => {
      const loaded = await loadOrExplain(context, options.config);
      if (loaded !== undefined) context.output.data(printConfig(loaded.settings).trimEnd());
    });
  config
    .command('check')
    .description('Name everything that is wrong with a file, together with the environment and the flags given.')
    .argument('<file>', 'configuration file (YAML or JSON)')
    .action(async (file: string) => {
      const loaded = await loadOrExplain(context, file);
      if (loaded === undefined) return;
      const names = Object.keys(loaded.config.registries).join(', ');
      context.output.data(`${file} is valid: namespace ${loaded.config.namespace}, registries ${names}`);
    });
  config
    .command('docs')
    .description('Print the reference of all keys (docs/configuration.md).')
    .action(() => context.output.data(describeMarkdown().trimEnd()));
  config
    .command('schema')
    .description('Print the JSON schema of a configuration file.')
    .action(() => context.output.data(describeJsonSchema().trimEnd()));
}
