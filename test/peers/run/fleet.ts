// An estate to register: many applications, of the kinds that estates have. The same on every run; nothing of it runs.
import { backendAddress } from './backend.ts';
import type { Registration } from './eureka-instances.ts';

/** `apps` applications with `each` instances: some with a zone, a weight, TLS, a gRPC port, or not in service. */
export function fleet(apps: number, each: number): readonly Registration[] {
  return Array.from({ length: apps * each }, (_, number) => {
    const app = Math.floor(number / each);
    const copy = number % each;
    return {
      app: `app-${String(app).padStart(3, '0')}`,
      id: `vm-${number}.dc1.example:app-${app}:8080`,
      address: backendAddress(number),
      port: 20_000 + number,
      metadata: {
        'management.port': String(40_000 + number),
        ...(app % 2 === 0 && { zone: `z${copy}` }),
        ...(app % 3 === 0 && { weight: String(1 + copy) }),
        ...(app % 5 === 0 && { gRPC_port: String(30_000 + number) }),
      },
      ...(app % 7 === 0 && copy === 0 && { status: 'OUT_OF_SERVICE' as const }),
      ...(app % 11 === 0 && { extra: { securePort: { $: 50_000 + number, '@enabled': 'true' } } }),
    };
  });
}
