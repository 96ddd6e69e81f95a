// Every page of the repository that people read, cut into its parts: blocks, links, headings. Tests of pages ask here.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export interface Page {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

export interface Block {
  readonly page: string;
  /** The number of the section (`## `) that it stands in, from 0 before the first. */
  readonly section: number;
  /** Page and line, for messages. */
  readonly place: string;
  readonly language: string;
  /** What stands behind the language: `console cluster`, `yaml footbridge.yaml`. */
  readonly words: readonly string[];
  /** Without the indentation that it has inside a list. */
  readonly text: string;
}

export interface Link {
  readonly page: string;
  /** Path from the root of the repository; of a link inside a page, that page. */
  readonly path: string;
  readonly anchor: string | undefined;
}

const BLOCK = /^( *)```(\w*)([^\n]*)\n([\s\S]*?)^\1```$/gm;
const FOLDERS = ['docs', 'examples', 'charts', 'dashboards'];

export const PAGES: readonly Page[] = [...markdownIn('.', false), ...FOLDERS.flatMap((name) => markdownIn(name, true))];

function markdownIn(folder: string, recursive: boolean): readonly Page[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => join(folder, name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

export const BLOCKS: readonly Block[] = PAGES.flatMap(blocksOf);

export const LINKS: readonly Link[] = PAGES.flatMap(linksOf);

export function blocksOf({ path, text }: Page): readonly Block[] {
  return [...text.matchAll(BLOCK)].map((match) => {
    const [, indentation = '', language = '', info = '', content = ''] = match;
    return {
      page: path,
      section: (proseOf(text.slice(0, match.index)).match(/^## /gm) ?? []).length,
      place: `${path}:${text.slice(0, match.index).split('\n').length}`,
      language,
      words: info.split(' ').filter((word) => word !== ''),
      text: content.replaceAll(new RegExp(`^${indentation}`, 'gm'), ''),
    };
  });
}

function linksOf({ path, text }: Page): readonly Link[] {
  return [...proseOf(text).matchAll(/\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?[^)]*\)/g)].map(
    ([, target = '', anchor]) => ({
      page: path,
      path: target === '' ? path : normalize(join(dirname(path), target)),
      anchor,
    }),
  );
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsOf({ text }: Page): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const [, heading = ''] of proseOf(text).matchAll(/^#{1,6} +(.+?) *$/gm)) {
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = plain.replaceAll(/[^\p{L}\p{N}\p{M}_\- ]/gu, '').replaceAll(' ', '-');
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    anchors.add(times === 0 ? anchor : `${anchor}-${times}`);
  }
  for (const [, id = ''] of text.matchAll(/<a (?:id|name)="([^"]+)">/g)) anchors.add(id);
  return anchors;
}

/** Without blocks: a `#` there is no heading, and brackets are no links. */
function proseOf(text: string): string {
  return text.replaceAll(BLOCK, '');
}
