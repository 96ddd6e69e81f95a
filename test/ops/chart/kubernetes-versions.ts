/** The oldest Kubernetes that Chart.yaml admits, and the newest whose schemas are here. */
export const KUBERNETES = ['1.30.0', '1.37.0'] as const;
