// SPDX-License-Identifier: Apache-2.0
// What a caller calls, out of the text that stands in its configuration or its log: a URL, or a name with a port. Registries
// and URLs of Dubbo have schemes of their own, so any scheme will do.

export interface CalledPlace {
  /** Without the port; an IPv6 address without brackets. */
  readonly host: string;
  /** With the port, where one is named. */
  readonly place: string;
  readonly isUrl: boolean;
}

const URL_START = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]+)/i;
const PLACE = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::[0-9]{1,5})?$/;

/** undefined where `text` is neither: it stands for itself then. */
export function calledPlace(text: string): CalledPlace | undefined {
  const ofUrl = URL_START.exec(text)?.[1];
  const place = ofUrl ?? text;
  const [, bracketed, plain] = PLACE.exec(place) ?? [];
  const host = bracketed ?? plain;
  return host === undefined || host === text ? undefined : { host, place, isUrl: ofUrl !== undefined };
}
