// SPDX-License-Identifier: Apache-2.0
package io.footbridge.test;

import java.util.List;
import java.util.stream.Stream;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.RpcContext;

/**
 * A Dubbo application. Its name, registry and protocols are said by Dubbo's own system properties
 * ({@code dubbo.application.name} …); the arguments say what it does: {@code provide=Greeting?group=g1&weight=50},
 * {@code consume=Greeting?group=g1} (by way of its registry), {@code calls=PORT} (see {@link CallServer}).
 */
public final class DubboApplication {
  private DubboApplication() {}

  public static void main(String[] arguments) throws Exception {
    DubboBootstrap bootstrap = DubboBootstrap.getInstance();
    services(arguments, "provide=").map(DubboApplication::provided).forEach(bootstrap::service);
    List<ReferenceConfig<Object>> consumed = services(arguments, "consume=").map(References::reference).toList();
    consumed.forEach(bootstrap::reference);
    bootstrap.start();
    consumed.forEach(ReferenceConfig::get);
    for (String port : values(arguments, "calls=").toList()) CallServer.start(Integer.parseInt(port));
    System.out.println("STARTED");
    bootstrap.await();
  }

  private static Stream<ServiceArgument> services(String[] arguments, String prefix) {
    return values(arguments, prefix).map(ServiceArgument::parse);
  }

  private static Stream<String> values(String[] arguments, String prefix) {
    return Stream.of(arguments).filter(text -> text.startsWith(prefix)).map(text -> text.substring(prefix.length()));
  }

  private static ServiceConfig<Object> provided(ServiceArgument argument) {
    ServiceConfig<Object> service = new ServiceConfig<>();
    // Dubbo 2.7 takes services without an id for one and the same.
    service.setId(argument.toString());
    service.setInterface(argument.type());
    service.setRef(implementation(argument.type()));
    service.setGroup(argument.take("group"));
    service.setVersion(argument.take("version"));
    service.setTag(argument.take("tag"));
    service.setToken(argument.take("token"));
    String weight = argument.take("weight");
    if (weight != null) service.setWeight(Integer.valueOf(weight));
    service.setParameters(argument.parameters());
    return service;
  }

  private static Object implementation(Class<?> type) {
    if (type == Parting.class) return (Parting) name -> answer("takes leave of", name);
    return (Greeting) name -> answer("greets", name);
  }

  /** Says who answers: the application, and the port at which it was called. */
  private static String answer(String verb, String name) {
    String application = System.getProperty("dubbo.application.name");
    return application + ":" + RpcContext.getContext().getLocalPort() + " " + verb + " " + name;
  }
}
