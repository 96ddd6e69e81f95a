// SPDX-License-Identifier: Apache-2.0
// One configured Eureka server: where its `apps` resource is, how it may be shown, and the credentials that stood in its URL.

export interface Server {
  /** URL without credentials, query and trailing slash: the only form that logs and errors show. */
  readonly name: string;
  readonly origin: string;
  /** Path of the list of applications, without trailing slash. */
  readonly appsPath: string;
  /** From `http://user:password@host`, as Spring Cloud writes it. */
  readonly user: { readonly name: string; readonly password: string } | undefined;
}

/** The base URL counts as opaque: servers live under any context path, so `/apps` is put behind whatever it holds. */
export function parseServer(url: string): Server {
  const parsed = new URL(url);
  const base = parsed.pathname.replace(/\/+$/, '');
  const user =
    parsed.username === '' && parsed.password === ''
      ? undefined
      : { name: decoded(parsed.username), password: decoded(parsed.password) };
  return { name: `${parsed.origin}${base}`, origin: parsed.origin, appsPath: `${base}/apps`, user };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
