// Eureka's answers: the full list, what changed, one application, and what is saved of an answer.
import { compileSecrets } from '../../../src/registry/decoding/secrets.ts';
import { documentOf, listingOf } from '../../../src/registry/eureka/answer.ts';
import { answerForDump } from '../../../src/registry/eureka/answer-for-dump.ts';
import { decodeApplication, decodeDelta, decodeFull } from '../../../src/registry/eureka/decode.ts';
import { readEurekaDump } from '../../../src/registry/eureka/dump.ts';
import {
  applyDelta,
  applyFull,
  EMPTY_ESTATE,
  type Estate,
  reconcileHash,
} from '../../../src/registry/eureka/estate.ts';
import { NOTHING_PUBLISHED, publish } from '../../../src/registry/eureka/published.ts';
import { ReadFailure } from '../../../src/registry/eureka/read-failure.ts';
import { parseServer } from '../../../src/registry/eureka/server.ts';
import { judgeScope } from '../../../src/registry/scope.ts';
import { eurekaOptions } from '../../fakes/eureka-options.ts';
import { FakeEurekaRegistry, rawInstance } from '../../fakes/fake-eureka-registry.ts';
import { dumpsOf, filesOfCases } from '../inputs/corpus.ts';
import { LARGE } from '../inputs/growth.ts';
import { LARGE_EUREKA } from '../inputs/large-registries.ts';
import { mutatedJson } from '../inputs/mutated-json.ts';
import type { Budget, Target } from '../target.ts';

const isSecret = compileSecrets(['internal-*']);
const options = eurekaOptions({ serviceKey: 'vip' });
const scope = {
  include: [
    { attributes: { app: ['ord*', 'a*'] }, metadata: {} },
    { attributes: {}, metadata: { team: ['us'] } },
  ],
  exclude: [],
};
const rules = { ...options, registry: 'legacy' };
const server = parseServer('http://eureka.example:8761/eureka');

const amazon = { name: 'Amazon', metadata: { 'instance-id': 'i-1', 'availability-zone': 'us-east-1c' } };
const lists = [
  new FakeEurekaRegistry().full(),
  { applications: { apps__hashcode: '', application: [] } },
  {
    applications: {
      versions__delta: '1',
      apps__hashcode: 'DOWN_1_UP_2_',
      application: [
        {
          name: 'ORDERS',
          instance: [
            rawInstance('ORDERS', 'a', { metadata: { weight: '5', zone: 'eu-1', team: 'us', password: 'x' } }),
            rawInstance('ORDERS', 'b', { status: 'DOWN', vipAddress: 'orders,carts', appGroupName: 'WEB' }),
          ],
        },
        {
          name: 'ANY',
          instance: rawInstance('ANY', 'c', { dataCenterInfo: amazon, port: 80, metadata: { note: '{"a":1}' } }),
        },
      ],
    },
  },
];
const answers = [
  ...lists,
  ...dumpsOf('eureka'),
  ...filesOfCases('eureka.json').map((text): unknown => JSON.parse(text)),
];
const applications = [
  { application: { name: 'ORDERS', instance: [rawInstance('ORDERS', 'a'), rawInstance('ORDERS', 'b')] } },
];

const known = fullEstate(decodeFull(lists[2], isSecret));
const budget: Budget = { perCase: 2000, perByte: 35 };

/** What is no answer is told by a ReadFailure, which the loop of polls takes. */
function answered<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof ReadFailure && thrown.code !== 'EUREKA_UNEXPECTED') return undefined;
    throw thrown;
  }
}

function fullEstate(decoded: ReturnType<typeof decodeFull>): Estate {
  return applyFull(EMPTY_ESTATE, listingOf(decoded, server), rules);
}

function document(text: string): unknown {
  return documentOf({ status: 200, text }, server);
}

const full: Target<string> = {
  name: 'eureka-full',
  inputs: mutatedJson(answers, LARGE),
  known: LARGE_EUREKA,
  sizeOf: (text) => text.length,
  decode: (text) =>
    answered(() => {
      const estate = fullEstate(decodeFull(document(text), isSecret));
      return [publish(estate, 'legacy', NOTHING_PUBLISHED), reconcileHash(estate)];
    }),
  budget,
};

const delta: Target<string> = {
  name: 'eureka-delta',
  inputs: mutatedJson(answers, LARGE),
  known: LARGE_EUREKA,
  sizeOf: (text) => text.length,
  decode: (text) =>
    answered(() => {
      const listing = listingOf(decodeDelta(document(text), isSecret), server);
      const estate = applyDelta(known, listing, { ...rules, judge: judgeScope(scope) });
      return [publish(estate, 'legacy', NOTHING_PUBLISHED), reconcileHash(estate)];
    }),
  budget,
};

const application: Target<string> = {
  name: 'eureka-application',
  inputs: mutatedJson(applications, LARGE),
  sizeOf: (text) => text.length,
  decode: (text) => answered(() => listingOf(decodeApplication(document(text), 'ORDERS', isSecret), server)),
  budget,
};

const dump: Target<string> = {
  name: 'eureka-dump',
  inputs: mutatedJson(answers, LARGE),
  known: LARGE_EUREKA,
  sizeOf: (text) => text.length,
  decode: (text) =>
    answered(() => {
      const masked: string[] = [];
      const masking = { isSecret, onMasked: (key: string) => void masked.push(key) };
      const saved = JSON.stringify(answerForDump([document(text)], rules, scope, masking));
      return [masked, readEurekaDump(text, 'legacy', options, scope), readEurekaDump(saved, 'legacy', options, scope)];
    }),
  budget: { perCase: 5000, perByte: 130 },
};

export const eurekaTargets = { full, delta, application, dump };
