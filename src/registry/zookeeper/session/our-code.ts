// SPDX-License-Identifier: Apache-2.0
// Code of ours that is called from inside the library, or from the handler of a socket. What it throws must not leave a half
// processed answer behind, and must not be lost either: it is a defect, and ends the process.

export function runOurs(action: () => void): void {
  try {
    action();
  } catch (defect) {
    process.nextTick(() => {
      throw defect;
    });
  }
}
