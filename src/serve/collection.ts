// SPDX-License-Identifier: Apache-2.0
// From what a client of the legacy protocols asks for to the kind that a snapshot knows. As with type urls there is no list of
// all that may be asked for: what is not known here is answered with nothing, because Pilot is not ready before every one of
// its collections was answered, and Galley's way (ending the stream) would take all others down with it.

/**
 * `istio/networking/v1alpha3/synthetic/serviceentries` (Istio 1.4 and 1.5) is none of these: Galley put the Services of
 * Kubernetes there, and Pilot has our entries from the collection of the real ones already.
 */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['istio/networking/v1alpha3/destinationrules', 'networking.istio.io/DestinationRule'],
  ['istio/networking/v1alpha3/envoyfilters', 'networking.istio.io/EnvoyFilter'],
  ['istio/networking/v1alpha3/gateways', 'networking.istio.io/Gateway'],
  ['istio/networking/v1alpha3/serviceentries', 'networking.istio.io/ServiceEntry'],
  ['istio/networking/v1alpha3/sidecars', 'networking.istio.io/Sidecar'],
  ['istio/networking/v1alpha3/virtualservices', 'networking.istio.io/VirtualService'],
]);

/** Clients of Istio 1.0 name the message instead: `type.googleapis.com/istio.networking.v1alpha3.ServiceEntry`. */
const MESSAGE = /^type\.googleapis\.com\/istio\.networking\.v1alpha3\.([A-Za-z]+)$/;

/** undefined: nothing can be published there. */
export function kindOfCollection(topic: string): string | undefined {
  const message = MESSAGE.exec(topic)?.[1];
  return message === undefined ? KINDS.get(topic) : `networking.istio.io/${message}`;
}
