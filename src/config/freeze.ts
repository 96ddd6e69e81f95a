// SPDX-License-Identifier: Apache-2.0
// Freezes plain data all the way down, so that nothing can change a configuration that others already look at.

export function deepFreeze<T>(data: T): T {
  if (typeof data !== 'object' || data === null || Object.isFrozen(data)) return data;
  Object.freeze(data);
  for (const part of Object.values(data)) deepFreeze(part);
  return data;
}
