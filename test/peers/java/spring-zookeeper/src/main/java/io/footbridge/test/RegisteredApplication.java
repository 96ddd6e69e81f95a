// SPDX-License-Identifier: Apache-2.0
package io.footbridge.test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application that registers itself and answers every request with its own name and port. */
@SpringBootApplication
@RestController
public class RegisteredApplication {
  @Value("${spring.application.name}:${server.port}")
  private String self;

  public static void main(String[] arguments) {
    SpringApplication.run(RegisteredApplication.class, arguments);
  }

  @GetMapping("/**")
  String who() {
    return self;
  }
}
