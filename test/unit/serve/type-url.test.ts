import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { kindOf } from '../../../src/serve/type-url.ts';

describe('kindOf()', () => {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['networking.istio.io/v1/ServiceEntry', 'networking.istio.io/ServiceEntry'],
    ['networking.istio.io/v1beta1/ServiceEntry', 'networking.istio.io/ServiceEntry'],
    ['networking.istio.io/v1alpha3/ServiceEntry', 'networking.istio.io/ServiceEntry'],
    ['extensions.istio.io/v1alpha1/TrafficExtension', 'extensions.istio.io/TrafficExtension'],
    ['a.new.group/v9/Thing', 'a.new.group/Thing'],
    ['core/v1alpha1/MeshConfig', undefined],
    ['', undefined],
    ['/', undefined],
    ['a//b', undefined],
    ['//', undefined],
    ['group/Kind', undefined],
    ['type.googleapis.com/istio.networking.v1alpha3.ServiceEntry', undefined],
    ['a/b/c/d', undefined],
    ['a/b/c/', undefined],
  ];
  for (const [typeUrl, kind] of rows) {
    test(`says that ${JSON.stringify(typeUrl)} is ${kind ?? 'nothing that can be published'}`, () => {
      assert.equal(kindOf(typeUrl), kind);
    });
  }
});
