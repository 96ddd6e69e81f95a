// SPDX-License-Identifier: Apache-2.0
// What `footbridge demo` serves: six services of an invented shop, one of them with something to complain about.

export const DEMO_REGISTRY = `# The registry of the demo. Edit and save it: the bridge notices within a second.
# Try: add an instance; set a status to down; delete a service (it keeps its name, without endpoints, for ten seconds);
# break the syntax (the last good content stays).
services:
  - name: ORDERS
    metadata: { team: payments }
    instances:
      - { id: orders-1, address: 10.20.0.17, port: 8080, metadata: { version: v1, zone: eu-1a } }
      - { id: orders-2, address: 10.20.0.18, port: 8081, metadata: { version: v2, zone: eu-1b } }
  - name: INVOICE_SERVICE
    instances:
      - { id: invoice-1, address: 10.20.0.21, port: 9000 }
      - { id: invoice-2, address: 10.20.0.22, port: 9000, status: down }
  - name: catalogue
    instances:
      - id: catalogue-1
        address: 10.20.0.31
        ports:
          - { name: http, number: 8080, protocol: http }
          - { name: grpc, number: 9090, protocol: grpc }
      - id: catalogue-2
        address: 10.20.0.32
        ports:
          - { name: http, number: 8080, protocol: http }
          - { name: grpc, number: 9090, protocol: grpc }
  - name: ledger
    instances:
      - id: ledger-1
        address: 10.20.0.41
        ports: [{ name: dubbo, number: 20881, protocol: dubbo }]
  - name: search
    instances:
      - { id: search-1, address: 10.20.0.51, port: 8443, weight: 3, locality: eu/eu-1 }
      - { id: search-2, address: 10.20.0.52, port: 8443, weight: 1, locality: eu/eu-2 }
  - name: thumbnails
    instances:
      - { id: thumbnails-1, address: 10.20.0.61, port: 8080 }
      # Refused, with a reason that the page of the service shows: nobody else can reach a loopback address.
      - { id: thumbnails-2, address: 127.0.0.1, port: 8080 }
`;
