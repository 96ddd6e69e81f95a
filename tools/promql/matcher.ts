// Judges one matcher of a selector: a label that the series has not, or a value that the label never takes, matches nothing
// for ever and looks like good news.
import type { Fault } from './fault.ts';
import type { Series } from './series.ts';

/** `matcher` as it is written, for example `state=~"held|empty"`. */
export function checkMatcher(matcher: string, name: string, { labels }: Series): Fault | undefined {
  const [, label = '', operator = '', value = ''] = /^(\w+)\s*(=~|!~|!=|=)\s*["'](.*)["']$/s.exec(matcher) ?? [];
  if (labels === 'any') return undefined;
  if (!labels.has(label)) {
    const own = [...labels.keys()].join(', ');
    return { kind: 'unknown label', message: `${label} is no label of ${name}; these are: ${own}` };
  }
  const values = labels.get(label);
  if (values === undefined) return undefined;
  const asked = operator.endsWith('~') ? value.split('|') : [value];
  const never = asked.find((one) => /^[\w-]+$/.test(one) && !values.includes(one));
  if (never === undefined) return undefined;
  return { kind: 'unknown value', message: `${name} never has ${label}="${never}"; its values: ${values.join(', ')}` };
}
