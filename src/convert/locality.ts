// SPDX-License-Identifier: Apache-2.0
// What counts as a locality of an endpoint. It judges the writing and never mends it; whether such a place exists is the
// mesh's business.

const SEGMENT = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const LONGEST_SEGMENT = 63;
const MOST_SEGMENTS = 3;

/** `region`, `region/zone` or `region/zone/subzone`. Istio takes any text and would route by it. */
export function isLocality(text: string): boolean {
  const segments = text.split('/', MOST_SEGMENTS + 1);
  return (
    segments.length <= MOST_SEGMENTS &&
    segments.every((segment) => segment.length <= LONGEST_SEGMENT && SEGMENT.test(segment))
  );
}
