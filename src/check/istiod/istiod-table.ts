// SPDX-License-Identifier: Apache-2.0
// What the checks of an istiod are about.
import type { CheckAbout } from '../check-about.ts';

export const ISTIOD_CHECKS = {
  'istiod-reachable': {
    sentence: '{subject} is reachable',
    severity: 'failure',
    looksAt: 'Whether the debug pages of the istiod given by `--istiod` answer.',
    means: 'What istiod holds cannot be seen from here.',
    remedy:
      'Give the address of its debug pages, for example of `kubectl -n istio-system port-forward deploy/istiod 15014` then `--istiod http://127.0.0.1:15014`.',
  },
  'istiod-allowed': {
    sentence: 'its debug pages may be read',
    severity: 'failure',
    looksAt: 'Whether istiod shows `/debug/configz` to us.',
    means: 'istiod shows its debug pages to its own machine alone, and to whoever has a token of the mesh.',
    remedy: 'Go through `kubectl port-forward` to the pod, which comes from its own machine.',
  },
  'istiod-source': {
    sentence: 'its mesh config lists the bridge as a source',
    severity: 'either',
    looksAt:
      '`configSources` of the mesh config (`/debug/mesh`): an `xds://` address, that of `--server` if it is given, and its TLS mode.',
    means:
      'An istiod that does not list the bridge never asks it. An address without `xds://` is ignored from 1.9 on, and the TLS modes MUTUAL and ISTIO_MUTUAL are plaintext without a word.',
    remedy:
      'Add `- address: xds://HOST:PORT` to `configSources` and restart istiod: the list is read at its start alone.',
  },
  'istiod-kubernetes': {
    sentence: 'it still reads the resources of Kubernetes',
    severity: 'failure',
    looksAt: 'Whether `configSources` of the mesh config has `k8s://` beside the bridge.',
    means:
      'Once anything is listed, istiod reads only what is listed: without it every VirtualService, Gateway and policy of the cluster is gone from the mesh.',
    remedy: 'Put `- address: k8s://` first into `configSources` and restart istiod.',
  },
  'istiod-entries': {
    sentence: 'the entries stand in istiod as they are served',
    severity: 'failure',
    looksAt:
      'Each ServiceEntry that the bridge serves (or, without `--server`, would publish) against `/debug/configz`: it is there, with the same version. Asked anew for some seconds, since a change may be on its way.',
    means:
      'istiod never tells a source what it did not take: it is not connected, has refused an entry (its log says so), or knows a newer or an older one.',
    remedy: 'Look at the log of istiod for `Error adding a new resource` and at `/debug/clients` of the bridge.',
  },
  'istiod-hosts': {
    sentence: 'no other source defines the same hosts',
    severity: 'either',
    looksAt:
      'The hosts of all ServiceEntries (`/debug/configz`) and of all Kubernetes Services (`/debug/registryz`) that istiod holds.',
    means:
      'In the same namespace istiod joins the endpoints of both, so requests go to either: a failure. In another namespace each caller gets the one of its own namespace, else any: a warning.',
    remedy: 'Delete one of the two, or leave the host alone with `yieldHosts`.',
  },
  'istiod-dns-capture': {
    sentence: 'sidecars answer DNS for the hosts',
    severity: 'warning',
    looksAt:
      '`ISTIO_META_DNS_CAPTURE` in `defaultConfig.proxyMetadata` of the mesh config, and what each connected sidecar says of itself (`/debug/adsz`).',
    means: 'Nothing else knows these names: callers get "no such host" before their request reaches a sidecar.',
    remedy:
      'Set `ISTIO_META_DNS_CAPTURE: "true"` in `defaultConfig.proxyMetadata` of the mesh config, or with the annotation `proxy.istio.io/config` of a pod, and restart the pods.',
  },
  'istiod-version': {
    sentence: 'its version reads config sources well',
    severity: 'either',
    looksAt: 'The version of istiod (`/version`, on its monitoring port), where it says one.',
    means:
      'Before 1.9 config sources are of no use. Before 1.16 istiod is ready before it has read a source, so its sidecars see entries late; 1.10 to 1.13 validate nothing.',
    remedy: 'Upgrade Istio.',
  },
} as const satisfies Readonly<Record<string, CheckAbout>>;
