// SPDX-License-Identifier: Apache-2.0
// `footbridge config ...`: what is in effect, whether a file is valid, and what there is to configure.
import type { Command } from 'commander';
import { describeJsonSchema, describeMarkdown } from '../config/describe.ts';
import { printConfig } from '../config/print.ts';
import type { CommandContext } from './command-context.ts';
import { loadOrExplain } from './load-config.ts';

const PRINT_EPILOGUE = `
Examples:
  footbridge config print --config footbridge.yaml                     what holds, and where it comes from
  footbridge config print --config footbridge.yaml --serve.port 9000   and with a flag

Exit codes: 0 printed; 2 wrong usage or configuration.`;

const CHECK_EPILOGUE = `
Nothing is connected to: footbridge check looks at what the configuration leads to.

Examples:
  footbridge config check footbridge.yaml                     name every problem
  FOOTBRIDGE_INSTANCE=blue footbridge config check base.yaml  together with the environment

Exit codes: 0 it is valid; 2 wrong usage or configuration.`;

const DOCS_EPILOGUE = `
Examples:
  footbridge config docs | less

Exit code: 0.`;

const SCHEMA_EPILOGUE = `
Examples:
  footbridge config schema > footbridge.schema.json           for an editor that completes keys

Exit code: 0.`;

export function addConfig(program: Command, context: CommandContext): void {
  const config = program.command('config').description('Look at the configuration; nothing is read from a registry.');
  config
    .command('print')
    .description('Print the effective values, each with its origin; secrets are masked.')
    .option('-c, --config <file>', 'configuration file (YAML or JSON)')
    .addHelpText('after', PRINT_EPILOGUE)
    .action(async (options: { config?: string }) => {
      const loaded = await loadOrExplain(context, options.config);
      if (loaded !== undefined) context.output.data(printConfig(loaded.settings).trimEnd());
    });
  config
    .command('check')
    .description('Name everything that is wrong with a file, together with the environment and the flags given.')
    .argument('<file>', 'configuration file (YAML or JSON)')
    .addHelpText('after', CHECK_EPILOGUE)
    .action(async (file: string) => {
      const loaded = await loadOrExplain(context, file);
      if (loaded === undefined) return;
      const names = Object.keys(loaded.config.registries).join(', ');
      context.output.data(`${file} is valid: namespace ${loaded.config.namespace}, registries ${names}`);
    });
  config
    .command('docs')
    .description('Print the reference of all keys (docs/configuration.md).')
    .addHelpText('after', DOCS_EPILOGUE)
    .action(() => context.output.data(describeMarkdown().trimEnd()));
  config
    .command('schema')
    .description('Print the JSON schema of a configuration file.')
    .addHelpText('after', SCHEMA_EPILOGUE)
    .action(() => context.output.data(describeJsonSchema().trimEnd()));
}
