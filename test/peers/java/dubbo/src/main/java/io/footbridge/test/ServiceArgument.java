// SPDX-License-Identifier: Apache-2.0
package io.footbridge.test;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A service as an argument or a request names it: {@code Greeting?group=g1&version=1.0.0&weight=50}. */
record ServiceArgument(Class<?> type, Map<String, String> parameters) {
  static ServiceArgument parse(String text) {
    String[] parts = text.split("\\?", 2);
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : parts.length == 2 ? parts[1].split("&") : new String[0]) {
      String[] sides = pair.split("=", 2);
      parameters.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
    }
    return new ServiceArgument(typeNamed(parts[0]), parameters);
  }

  private static Class<?> typeNamed(String name) {
    return switch (name) {
      case "Greeting" -> Greeting.class;
      case "Parting" -> Parting.class;
      default -> throw new IllegalArgumentException("no such interface: " + name);
    };
  }

  /** Takes a parameter out; what is left at the end are those that Dubbo has no setter for. */
  String take(String name) {
    return parameters.remove(name);
  }
}
