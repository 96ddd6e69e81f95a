// SPDX-License-Identifier: Apache-2.0
// What is made of an object, made once and kept as long as the object lives. It is only right where the object never changes:
// an unchanged service, entry or turn keeps its identity all through the pipeline, so that later stages can skip it.

/** `make`, asked once for each object. What throws is not kept. */
export function byIdentity<From extends object, Made>(make: (from: From) => Made): (from: From) => Made {
  const made = new WeakMap<From, { readonly value: Made }>();
  return (from) => {
    const known = made.get(from);
    if (known !== undefined) return known.value;
    const value = make(from);
    made.set(from, { value });
    return value;
  };
}
