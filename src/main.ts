#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// argv in, exit code out; nothing else happens here. An unknown exception or rejection is a defect: Node ends the process
// loudly, and the orchestrator starts it again.
import { runCommandLine } from './cli/program.ts';

process.exitCode = await runCommandLine(process.argv.slice(2), process.env);
