// SPDX-License-Identifier: Apache-2.0
// The check of the list of those who may connect.
import { counted } from '../lib/counted.ts';
import { textFrom, UnusableFile } from '../lib/secret-files.ts';
import { readAccessList } from '../serve/access/access-list.ts';
import { type Category, check, failed, passed, type Verdict } from './check.ts';

export function accessListChecks(path: string): Category {
  return {
    title: 'access list',
    checks: [check('access-list', () => judge(path), { subject: `accessListFile ${path}` })],
  };
}

async function judge(path: string): Promise<Verdict> {
  try {
    const reading = readAccessList(await textFrom(path));
    if (reading.kind === 'unusable') return failed(`The file is no access list: ${reading.why}.`);
    const { allow, deny } = reading.list;
    return passed(
      `${allow === undefined ? 'everybody' : counted(allow.length, 'name')} allowed, ${deny.length} denied`,
    );
  } catch (thrown) {
    if (!(thrown instanceof UnusableFile)) throw thrown;
    return failed(`${thrown.message}.`);
  }
}
