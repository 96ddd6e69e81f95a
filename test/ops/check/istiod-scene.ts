// A bridge and a real istiod for one cause: the istiod is made for the scene, since most causes stand in its mesh config.
import { join } from 'node:path';
import { Bridge, type BridgeConfig, bridgeConfig } from '../../peers/run/bridge.ts';
import { Istiod, type IstiodOptions } from '../../peers/run/istiod.ts';
import { waitFor } from '../../peers/run/wait-for.ts';
import type { Scene } from './cause.ts';
import { writeConfig } from './run-check.ts';

export interface IstiodScene {
  readonly bridge: Bridge;
  readonly istiod: Istiod;
  /** `footbridge check` of both. */
  readonly args: readonly string[];
}

/** The bridge serves one entry, `payments/bridge.file.orders` with the host `orders.payments.file`. */
export async function startBridge({ folder, teardown }: Scene, changes: BridgeConfig = {}): Promise<Bridge> {
  writeConfig(folder);
  const registries = { file: { kind: 'file', path: join(folder, 'registry.yaml') } };
  return Bridge.start(teardown, bridgeConfig([], { registries, admit: { addresses: ['10.0.0.0/8'] }, ...changes }));
}

/** `options` may depend on where the bridge is. */
export async function istiodScene(
  scene: Scene,
  options: (bridge: Bridge) => IstiodOptions = (bridge) => ({ sources: [bridge.address] }),
): Promise<IstiodScene> {
  const bridge = await startBridge(scene);
  const istiod = await Istiod.start(scene.teardown, options(bridge));
  await istiod.untilReady();
  return { bridge, istiod, args: argsFor(bridge, `http://127.0.0.1:${istiod.ports.monitoring}`) };
}

export function argsFor(bridge: Bridge, istiod: string): readonly string[] {
  return ['--config', bridge.configFile, '--server', `127.0.0.1:${bridge.port}`, '--istiod', istiod];
}

export async function untilHeld(istiod: Istiod, name: string): Promise<void> {
  await waitFor(async () => (await istiod.serviceEntries()).has(name), `istiod holds ${name}`);
}

/** A hand-written entry for the host of the bridge's entry. */
export function handWritten(namespace: string): Readonly<Record<string, object>> {
  return {
    hand: {
      apiVersion: 'networking.istio.io/v1',
      kind: 'ServiceEntry',
      metadata: { name: 'hand', namespace },
      spec: {
        hosts: ['orders.payments.file'],
        ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
        resolution: 'STATIC',
        endpoints: [{ address: '10.9.9.9' }],
      },
    },
  };
}
