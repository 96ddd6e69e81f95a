// Everything that is fuzzed: a border where bytes of strangers come in is a row here.
import { type RunnableTarget, runnable } from './run/run-cases.ts';
import { configTargets } from './targets/config.ts';
import { dubboTargets } from './targets/dubbo.ts';
import { eurekaTargets } from './targets/eureka.ts';
import { fileTargets } from './targets/file.ts';
import { requestTargets } from './targets/requests.ts';
import { springTargets } from './targets/spring-cloud-zookeeper.ts';

export const TARGETS: readonly RunnableTarget[] = [
  runnable(eurekaTargets.full),
  runnable(eurekaTargets.delta),
  runnable(eurekaTargets.application),
  runnable(eurekaTargets.dump),
  runnable(dubboTargets.url),
  runnable(dubboTargets.record),
  runnable(dubboTargets.ruleDocument),
  runnable(dubboTargets.bytes),
  runnable(dubboTargets.tree),
  runnable(springTargets.record),
  runnable(springTargets.bytes),
  runnable(springTargets.tree),
  runnable(fileTargets.yaml),
  runnable(fileTargets.bytes),
  runnable(configTargets.file),
  runnable(configTargets.layers),
  runnable(configTargets.mesh),
  runnable(requestTargets.sotwBytes),
  runnable(requestTargets.sotwMessages),
  runnable(requestTargets.deltaBytes),
  runnable(requestTargets.deltaMessages),
  runnable(requestTargets.sourceBytes),
  runnable(requestTargets.sourceMessages),
  runnable(requestTargets.meshBytes),
  runnable(requestTargets.meshMessages),
];
