// SPDX-License-Identifier: Apache-2.0
package io.footbridge.test;

import org.apache.dubbo.config.ReferenceConfig;

/** Consumers of services: by way of the registry, or straight to a URL. */
final class References {
  private static final int TIMEOUT_MS = 3_000;

  private References() {}

  static ReferenceConfig<Object> reference(ServiceArgument argument) {
    ReferenceConfig<Object> reference = new ReferenceConfig<>();
    reference.setId(argument.toString());
    reference.setInterface(argument.type());
    reference.setGroup(argument.take("group"));
    reference.setVersion(argument.take("version"));
    reference.setUrl(argument.take("url"));
    reference.setScope("remote");
    reference.setCheck(false);
    reference.setRetries(0);
    reference.setTimeout(TIMEOUT_MS);
    reference.setParameters(argument.parameters());
    return reference;
  }
}
