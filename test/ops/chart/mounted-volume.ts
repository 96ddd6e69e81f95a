// The projected volume of the chart's pods as kubelet writes it (AtomicWriter): all content in a folder with a time in its name, `..data`
// a link to that, and what is at the top links through `..data`. A change is a new folder and one rename.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Rendered } from './helm.ts';
import { at, only } from './pick.ts';

export const MOUNT_PATH = '/etc/footbridge';

/** By kind and name, `secret/bridge`: key → text. */
export type Objects = Readonly<Record<string, Readonly<Record<string, string>>>>;

export class MountedVolume {
  readonly folder: string;
  #content: string | undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Brings the volume to what the objects hold now. */
  write(release: readonly Rendered[], objects: Objects): void {
    const content = mkdtempSync(join(this.folder, '..content-'));
    const files = filesOf(release, objects);
    for (const [path, text] of files) {
      mkdirSync(dirname(join(content, path)), { recursive: true });
      writeFileSync(join(content, path), text);
    }
    symlinkSync(basename(content), join(this.folder, '..data_tmp'));
    renameSync(join(this.folder, '..data_tmp'), join(this.folder, '..data'));
    for (const [path] of files) {
      const [top = ''] = path.split('/');
      if (!existsSync(join(this.folder, top))) symlinkSync(join('..data', top), join(this.folder, top));
    }
    if (this.#content !== undefined) rmSync(this.#content, { recursive: true });
    this.#content = content;
  }

  /** The same text for where the volume really is. */
  placed(text: string): string {
    return text.replaceAll(MOUNT_PATH, this.folder);
  }
}

/** Path → text. Throws where a pod would wait for what is not there. */
function filesOf(release: readonly Rendered[], objects: Objects): readonly (readonly [path: string, text: string])[] {
  const sources = at(
    only(release, 'Deployment'),
    'spec.template.spec.volumes.0.projected.sources',
  ) as readonly object[];
  return sources.flatMap((source) =>
    Object.entries(source).flatMap(([kind, reference]: [string, unknown]) => {
      const name = `${kind}/${String(at(reference, 'name'))}`;
      const held = objects[name];
      if (held === undefined) throw new Error(`the pod waits for ${name}`);
      const items = at(reference, 'items') as readonly { readonly key: string; readonly path: string }[] | undefined;
      return (items ?? Object.keys(held).map((key) => ({ key, path: key }))).map(({ key, path }) => {
        const text = held[key];
        if (text === undefined) throw new Error(`the pod waits for ${key} of ${name}`);
        return [path, text] as const;
      });
    }),
  );
}
