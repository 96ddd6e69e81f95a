// SPDX-License-Identifier: Apache-2.0
// Which release this is, from the one place that says so: package.json, which the build puts into the bundle. It is read once,
// when the program is loaded, and never from the disk of a running program.
import packageJson from '../../package.json' with { type: 'json' };

/** The release, as package.json has it. Shown to people; never part of what is served. */
export const VERSION: string = packageJson.version;
