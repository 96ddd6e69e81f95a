// SPDX-License-Identifier: Apache-2.0
package io.footbridge.test;

/** A second interface, for applications that offer more than one. */
public interface Parting {
  String goodbye(String name);
}
