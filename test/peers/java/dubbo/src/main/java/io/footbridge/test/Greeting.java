// SPDX-License-Identifier: Apache-2.0
package io.footbridge.test;

/** What every provider of the tests answers. */
public interface Greeting {
  /** The names of the one who answers and of the one who is greeted. */
  String hello(String name);
}
