// SPDX-License-Identifier: Apache-2.0
// What stands below the options of a help text, fitted to the terminal as Commander fits the options. Pure.

/**
 * `columns`: how wide a line may be. Prose is filled anew; what is indented keeps its lines, but a comment (after two blanks or
 * more) that does not fit goes below its example. An example that is too long by itself stays in one line, to be copied.
 */
export function wrapHelp(text: string, columns: number): string {
  const lines: string[] = [];
  let paragraph: string[] = [];
  const flush = () => {
    lines.push(...filled(paragraph.join(' '), columns));
    paragraph = [];
  };
  for (const line of text.split('\n')) {
    if (/^\S/.test(line)) {
      paragraph.push(line);
      continue;
    }
    flush();
    lines.push(...indented(line, columns));
  }
  flush();
  return lines.join('\n');
}

function filled(prose: string, columns: number): readonly string[] {
  if (prose === '') return [];
  const lines: string[] = [];
  let line = '';
  for (const word of prose.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

const COMMENT_INDENT = ' '.repeat(6);

function indented(line: string, columns: number): readonly string[] {
  if (line.length <= columns) return [line];
  const [example = '', comment] = splitComment(line);
  if (comment === undefined) return [line];
  const below = filled(comment, columns - COMMENT_INDENT.length).map((part) => COMMENT_INDENT + part);
  return example.trim() === '' ? below : [example.trimEnd(), ...below];
}

/** `  command   what it does` → both. */
function splitComment(line: string): readonly string[] {
  const indent = /^ */.exec(line)?.[0] ?? '';
  const gap = line.slice(indent.length).search(/ {2,}\S/);
  if (gap < 0) return indent.length > COMMENT_INDENT.length ? ['', line.trim()] : [line];
  const end = indent.length + gap;
  return [line.slice(0, end), line.slice(end).trim()];
}
