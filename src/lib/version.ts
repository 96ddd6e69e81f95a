// SPDX-License-Identifier: Apache-2.0
import packageJson from '../../package.json' with { type: 'json' };

/** The release, as package.json has it. Shown to people; never part of what is served. */
export const VERSION: string = packageJson.version;
