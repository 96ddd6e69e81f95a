// What Pilot of Istio 1.1 to 1.8 asks for over legacy MCP, by minor release.

/** In no order that Pilot keeps: it asks in random order. */
export function collectionsOf(minor: number): readonly string[] {
  const of = (group: string, ...names: readonly string[]) => names.map((name) => `istio/${group}/${name}`);
  const networking = ['destinationrules', 'envoyfilters', 'gateways', 'serviceentries', 'sidecars', 'virtualservices'];
  const roles = ['serviceroles', 'servicerolebindings', 'rbacconfigs', 'clusterrbacconfigs'];
  return [
    ...of('networking/v1alpha3', ...networking),
    ...(minor <= 7 ? of('config/v1alpha2', 'httpapispecs', 'httpapispecbindings') : []),
    ...(minor <= 7 ? of('mixer/v1/config/client', 'quotaspecs', 'quotaspecbindings') : []),
    ...(minor <= 5 ? of('authentication/v1alpha1', 'policies', 'meshpolicies') : []),
    ...(minor <= 6 ? of('rbac/v1alpha1', ...roles) : []),
    ...(minor === 2 ? of('rbac/v1alpha1', 'authorizationpolicies') : []),
    ...(minor >= 4 ? of('security/v1beta1', 'authorizationpolicies') : []),
    ...(minor >= 5 ? of('security/v1beta1', 'peerauthentications', 'requestauthentications') : []),
    ...(minor >= 6 ? of('networking/v1alpha3', 'workloadentries') : []),
    ...(minor >= 8 ? of('networking/v1alpha3', 'workloadgroups') : []),
  ];
}
