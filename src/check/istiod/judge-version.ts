// SPDX-License-Identifier: Apache-2.0
// What is known of how a version of istiod reads config sources. Pure.
import { failed, passed, skipped, type Verdict, warned } from '../check.ts';

/** `text` is what `/version` says: `1.29.0-<commit>-Clean`; undefined: nothing. */
export function judgeVersion(text: string | undefined): Verdict {
  const [, shown = '', digits] = /^\s*(1\.(\d+)(?:\.\d+)?(?:-(?:alpha|beta|rc)\.\d+)?)/.exec(text ?? '') ?? [];
  if (digits === undefined) return skipped('istiod does not say its version there');
  const minor = Number(digits);
  if (minor < 9) return failed(`Istio ${shown} cannot use \`xds://\` sources.`);
  const late = `Istio ${shown} is ready before it has read a config source.`;
  if (minor === 11) return warned(late, 'It validates no entry, and takes no update of an entry that has a version.');
  if (minor >= 10 && minor <= 13) return warned(late, 'It validates no entry.');
  return minor < 16 ? warned(late) : passed(shown);
}
