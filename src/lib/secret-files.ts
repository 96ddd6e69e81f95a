// SPDX-License-Identifier: Apache-2.0
// Secrets and TLS material from files, read anew for every use, so that rotated ones work without a restart. An error names
// the file, never the content.
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';

export interface TlsFiles {
  readonly caFile: string | undefined;
  readonly certificateFile: string | undefined;
  readonly keyFile: string | undefined;
}

export interface TlsMaterial {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

/** A file cannot be read, or holds what cannot be used. The message is a sentence without its full stop. */
export class UnusableFile extends Error {}

/** Rejects with an UnusableFile. */
export async function loadTlsMaterial(files: TlsFiles): Promise<TlsMaterial> {
  const ca = files.caFile === undefined ? undefined : await textFrom(files.caFile);
  const cert = files.certificateFile === undefined ? undefined : await textFrom(files.certificateFile);
  const key = files.keyFile === undefined ? undefined : await textFrom(files.keyFile);
  const material = { ca, cert, key };
  try {
    createSecureContext(material);
  } catch {
    // Half of a rotation, too: certificate and key are two files and do not change at the same instant.
    throw new UnusableFile('The TLS files hold no usable CA, certificate and matching key');
  }
  return material;
}

/** The content without the line end that editors put behind it. Rejects with an UnusableFile. */
export async function secretFrom(file: string): Promise<string> {
  return (await textFrom(file)).replace(/\r?\n$/, '');
}

/** Rejects with an UnusableFile. */
export async function textFrom(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UnusableFile(`File ${file} cannot be read (${code})`);
  }
}
