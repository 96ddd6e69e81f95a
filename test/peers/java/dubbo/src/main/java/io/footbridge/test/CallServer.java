// SPDX-License-Identifier: Apache-2.0
package io.footbridge.test;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * Makes Dubbo calls for a test that speaks HTTP: {@code GET /Greeting?name=Ann&group=g1&url=dubbo://HOST:PORT/…} calls once and
 * answers 200 with what the provider said, or 502 with the error. There is one consumer for each service and URL.
 */
final class CallServer {
  private static final Map<String, Object> CONSUMERS = new ConcurrentHashMap<>();

  private CallServer() {}

  static void start(int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", CallServer::handle);
    server.start();
  }

  private static void handle(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    try {
      answer(exchange, 200, call(ServiceArgument.parse(uri.getRawPath().substring(1) + "?" + uri.getRawQuery())));
    } catch (RuntimeException error) {
      answer(exchange, 502, error.toString());
    }
  }

  private static String call(ServiceArgument service) {
    String name = service.take("name");
    Object consumer = CONSUMERS.computeIfAbsent(service.toString(), key -> References.reference(service).get());
    return consumer instanceof Parting parting ? parting.goodbye(name) : ((Greeting) consumer).hello(name);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
