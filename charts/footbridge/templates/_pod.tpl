{{/* The parts that the pods of the Deployment and the pod of `helm test` have in common. */}}

{{/*
Nothing here may wait for istiod: istiod waits for us. A sidecar gets its certificate and configuration from istiod, so neither
injection (newer webhooks read the label, older ones the annotation) nor ambient capture may take these pods.
*/}}
{{- define "footbridge.outsideTheMeshLabels" -}}
sidecar.istio.io/inject: "false"
istio.io/dataplane-mode: none
{{- end -}}
{{- define "footbridge.outsideTheMeshAnnotations" -}}
sidecar.istio.io/inject: "false"
{{- end -}}

{{/*
For the Services: no sidecar hears of them, because nothing in the mesh calls a bridge. istiod itself finds it by the DNS of the cluster,
and the Prometheus operator by the API.
*/}}
{{- define "footbridge.exportedToNobody" -}}
networking.istio.io/exportTo: "~"
{{- end -}}

{{/* Without the chart's version: a new chart that changes nothing of a pod restarts none. */}}
{{- define "footbridge.podLabels" -}}
{{- $own := merge (include "footbridge.selectorLabels" . | fromYaml) (include "footbridge.outsideTheMeshLabels" . | fromYaml) -}}
{{- toYaml (mergeOverwrite (dict) (.Values.commonLabels | default dict) (.Values.podLabels | default dict) $own) -}}
{{- end -}}
{{/*
With the checksum of the configuration: a running bridge takes over what it can when the file changes; the rest needs new pods, and a
wrong file has to stop the rollout instead of waiting for the next restart. Secrets and the access list are not part of it: they are followed.
*/}}
{{- define "footbridge.podAnnotations" -}}
{{- $own := set (include "footbridge.outsideTheMeshAnnotations" . | fromYaml) "checksum/config" (include "footbridge.config" . | sha256sum) -}}
{{- toYaml (mergeOverwrite (dict) (.Values.podAnnotations | default dict) $own) -}}
{{- end -}}

{{- define "footbridge.podBasics" -}}
serviceAccountName: {{ include "footbridge.serviceAccountName" . }}
automountServiceAccountToken: false
# The variables of Services named footbridge… would look like configuration.
enableServiceLinks: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
securityContext: {{- toYaml .Values.podSecurityContext | nindent 2 }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
volumes:
  # The configuration and the files that it names, in one folder. Mounted whole, so that changes arrive while running.
  - name: config
    projected:
      defaultMode: 0440
      sources:
        - configMap: { name: {{ include "footbridge.fullname" . }} }
        {{- with include "footbridge.registryFiles" . | trim }}
        {{- . | nindent 8 }}
        {{- end }}
        {{- with include "footbridge.adminSources" . | trim }}
        {{- . | nindent 8 }}
        {{- end }}
        {{- with include "footbridge.seedingSources" . | trim }}
        {{- . | nindent 8 }}
        {{- end }}
        {{- with include "footbridge.serveSources" . | trim }}
        {{- . | nindent 8 }}
        {{- end }}
  {{- with .Values.extraVolumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- define "footbridge.containerBasics" -}}
image: {{ include "footbridge.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext: {{- toYaml .Values.securityContext | nindent 2 }}
{{- with include "footbridge.env" . | fromYamlArray }}
env: {{- toYaml . | nindent 2 }}
{{- end }}
resources: {{- toYaml .Values.resources | nindent 2 }}
volumeMounts:
  - { name: config, mountPath: /etc/footbridge, readOnly: true }
  {{- with .Values.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{/*
`extraEnv`, and the share of the heap. What NODE_OPTIONS has there comes behind ours, where it decides: Node takes the last of two equal
options. A value that is only known in the cluster (`valueFrom`) cannot be joined, and stands alone.
*/}}
{{- define "footbridge.env" -}}
{{- $env := list -}}
{{- $options := "" -}}
{{- with include "footbridge.heapMegabytes" . }}{{ $options = printf "--max-old-space-size=%s" . }}{{ end -}}
{{- range .Values.extraEnv -}}
  {{- if ne .name "NODE_OPTIONS" -}}
    {{- $env = append $env . -}}
  {{- else if hasKey . "valueFrom" -}}
    {{- $env = append $env . -}}
    {{- $options = "" -}}
  {{- else -}}
    {{- $options = printf "%s %s" $options (.value | default "") | trim -}}
  {{- end -}}
{{- end -}}
{{- with $options -}}
  {{- $env = prepend $env (dict "name" "NODE_OPTIONS" "value" .) -}}
{{- end -}}
{{- toYaml $env -}}
{{- end -}}
