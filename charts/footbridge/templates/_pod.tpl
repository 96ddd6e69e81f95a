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

{{/* Without the chart's version: a new chart that changes nothing of a pod restarts none. */}}
{{- define "footbridge.podLabels" -}}
{{- $own := merge (include "footbridge.selectorLabels" . | fromYaml) (include "footbridge.outsideTheMeshLabels" . | fromYaml) -}}
{{- toYaml (mergeOverwrite (dict) (.Values.commonLabels | default dict) (.Values.podLabels | default dict) $own) -}}
{{- end -}}
{{- define "footbridge.podAnnotations" -}}
{{- toYaml (mergeOverwrite (dict) (.Values.podAnnotations | default dict) (include "footbridge.outsideTheMeshAnnotations" . | fromYaml)) -}}
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
  {{- with .Values.extraVolumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- define "footbridge.containerBasics" -}}
image: {{ include "footbridge.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext: {{- toYaml .Values.securityContext | nindent 2 }}
{{- with .Values.extraEnv }}
env: {{- toYaml . | nindent 2 }}
{{- end }}
volumeMounts:
  - { name: config, mountPath: /etc/footbridge, readOnly: true }
  {{- with .Values.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}
