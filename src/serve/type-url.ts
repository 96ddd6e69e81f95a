// SPDX-License-Identifier: Apache-2.0
// From the type url that a client asks for to the kind that a snapshot knows. There is no list of types here: every new
// Istio release asks for more of them, and one type left unanswered keeps istiod from ever becoming ready (1.16 and newer).

/**
 * Answered empty even if something published resources under it: for a MeshConfig with content istiod's client goes on to
 * its next message without acknowledging, so the type would stay in flight for ever.
 */
const MESH_CONFIG = 'core/v1alpha1/MeshConfig';

/**
 * `group/version/Kind` → `group/Kind`, or undefined where nothing can be published under the url. The version is left out
 * because it is only a name: Istio up to 1.23 asks for ServiceEntry as v1alpha3, from 1.24 on as v1, and decodes the same body.
 */
export function kindOf(typeUrl: string): string | undefined {
  if (typeUrl === MESH_CONFIG) return undefined;
  const [group, version, kind, ...rest] = typeUrl.split('/', 4);
  if (!group || !version || !kind || rest.length > 0) return undefined;
  return `${group}/${kind}`;
}
