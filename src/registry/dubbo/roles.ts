// SPDX-License-Identifier: Apache-2.0
// What each path that is read means to Dubbo.

/** What stands directly below a root. */
export type Holds = 'interfaces' | 'applications' | 'both';

export type DubboRole =
  | { readonly kind: 'root'; readonly holds: Holds }
  /** Below a root of both: an interface or an application. */
  | { readonly kind: 'either'; readonly name: string }
  | { readonly kind: 'application'; readonly application: string }
  | { readonly kind: 'instance'; readonly application: string; readonly id: string }
  | { readonly kind: 'metadata'; readonly application: string; readonly revision: string }
  | { readonly kind: 'providers'; readonly interfaceName: string; readonly directory: string }
  | { readonly kind: 'configurators' | 'consumers'; readonly interfaceName: string }
  | { readonly kind: 'config' | 'rule-directory' }
  | { readonly kind: 'rule'; readonly key: string };
