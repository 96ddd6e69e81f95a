// Rules of operators for Dubbo providers, written as Dubbo's admin console writes them.
import { stringify } from 'yaml';
import type { ZooKeeperWriter } from './zookeeper-writer.ts';

type Parameters = Readonly<Record<string, string | number | boolean>>;

/** A raw override of one provider (`ADDRESS:PORT`), for one service: `Greeting?group=blue&version=1.0.0`. */
export class OverrideUrl {
  readonly #writer: ZooKeeperWriter;
  readonly #path: string;

  constructor(writer: ZooKeeperWriter, endpoint: string, service: string, parameters: Parameters) {
    const [type = '', query = ''] = service.split('?');
    const all = new URLSearchParams({ category: 'configurators', dynamic: 'false', enabled: 'true' });
    for (const [key, value] of [...new URLSearchParams(query), ...Object.entries(parameters)])
      all.set(key, String(value));
    const url = `override://${endpoint}/io.footbridge.test.${type}?${all}`;
    this.#writer = writer;
    this.#path = `/dubbo/io.footbridge.test.${type}/configurators/${encodeURIComponent(url)}`;
  }

  add(): Promise<void> {
    return this.#writer.create(this.#path);
  }

  remove(): Promise<void> {
    return this.#writer.remove(this.#path);
  }
}

/** Sets the rule of an application for one of its providers. There is one document for each application: it replaces the former. */
export async function setYamlRule(
  writer: ZooKeeperWriter,
  application: string,
  endpoint: string,
  parameters: Parameters,
): Promise<void> {
  const configs = [{ side: 'provider', addresses: [endpoint], parameters }];
  const rule = { configVersion: 'v3.0', scope: 'application', key: application, enabled: true, configs };
  await writer.create(`/dubbo/config/dubbo/${application}.configurators`, stringify(rule));
}
