{{/*
Mappings and lists stand where they belong. The schema says it too; where it is skipped, templates would fail in words of Go. What
stands in the wrong place is never printed: it may be a password.
*/}}
{{- define "footbridge.wrongShapes" -}}
{{- $shapes := dict
  "mapping" (list
    "registries" "config" "config.serve" "config.admin" "config.shutdown" "config.virtualIps" "config.hosts" "config.state"
    "admin" "admin.existingSecret" "seeding" "seeding.existingSecret" "persistence" "config.replicas" "config.coldStart"
    "tls" "tls.existingSecret" "tls.existingConfigMap" "accessList" "accessList.existingConfigMap"
    "image" "rollingUpdate" "podDisruptionBudget" "service" "service.annotations" "networkPolicy"
    "monitoring" "monitoring.serviceMonitor" "monitoring.serviceMonitor.labels" "monitoring.podMonitor" "monitoring.podMonitor.labels"
    "monitoring.prometheusRule" "monitoring.prometheusRule.labels" "monitoring.prometheusRule.severityLabels"
    "monitoring.prometheusRule.thresholds" "monitoring.dashboards" "monitoring.dashboards.labels" "monitoring.dashboards.annotations"
    "resources" "resources.limits" "serviceAccount" "serviceAccount.annotations" "podSecurityContext" "securityContext"
    "nodeSelector" "affinity" "affinity.nodeAffinity" "commonLabels" "podLabels" "podAnnotations" "podSpecOverrides" "tests")
  "list" (list
    "exportTo" "image.pullSecrets" "networkPolicy.istiod" "networkPolicy.monitoring" "networkPolicy.registries"
    "networkPolicy.extraIngress" "networkPolicy.extraEgress" "monitoring.prometheusRule.disabled" "tolerations"
    "extraVolumes" "extraVolumeMounts" "extraManifests")
  "list of mappings" (list "topologySpreadConstraints" "extraEnv")
  "list of texts" (list "accessList.allow" "accessList.deny")
  "text" (list
    "namespace" "instance" "image.repository" "tls.existingSecret.name" "tls.existingSecret.certificateKey" "tls.existingSecret.keyKey"
    "tls.existingSecret.caKey" "tls.existingConfigMap.name" "tls.existingConfigMap.caKey" "accessList.existingConfigMap.name"
    "accessList.existingConfigMap.key" "admin.existingSecret.name" "admin.existingSecret.tokenKey" "persistence.existingClaim")
-}}
{{- if kindIs "map" .Values.registries -}}
  {{- range $name, $_ := .Values.registries -}}
    {{- range $key := list "scope" "auth" "auth.existingSecret" "auth.existingConfigMap" "tls" "tls.existingSecret" "tls.existingConfigMap" "existingConfigMap" -}}
      {{- $_ := set $shapes "mapping" (append (get $shapes "mapping") (printf "registries.%s.%s" $name $key)) -}}
    {{- end -}}
    {{- range $key := list "urls" "servers" -}}
      {{- $_ := set $shapes "list of texts" (append (get $shapes "list of texts") (printf "registries.%s.%s" $name $key)) -}}
    {{- end -}}
    {{- range $key := list "pollInterval" "auditInterval" -}}
      {{- $_ := set $shapes "text" (append (get $shapes "text") (printf "registries.%s.%s" $name $key)) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- $examples := dict "mapping" "{key: value}" "list" "[first, second]" "list of mappings" "[{key: value}]" "list of texts" "[first, second]" "text" "payments" -}}
{{- $wrong := list -}}
{{- range $wanted, $paths := $shapes -}}
  {{- range $path := $paths -}}
    {{- $shape := include "footbridge.shapeAt" (dict "in" $.Values "path" $path) -}}
    {{- if not (or (eq $shape "nothing") (hasPrefix $wanted $shape)) -}}
      {{- $example := hasSuffix "Interval" $path | ternary "30s" (get $examples $wanted) -}}
      {{- $wrong = append $wrong (printf "%s: must be a %s, as in `%s: %s`" $path $wanted $path $example) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $wrong -}}
{{- end -}}

{{/* What stands at a path, (dict "in" {…} "path" "a.b"): `nothing` also where it would stand in what is no mapping. */}}
{{- define "footbridge.shapeAt" -}}
{{- $found := .in -}}
{{- range $key := splitList "." .path -}}
  {{- $found = index (kindIs "map" $found | ternary $found dict) $key -}}
{{- end -}}
{{- if kindIs "map" $found -}}
mapping
{{- else if kindIs "slice" $found -}}
  {{- $kinds := list -}}
  {{- range $found }}{{ $kinds = append $kinds (kindOf .) | uniq }}{{ end -}}
  {{- $items := join "," $kinds -}}
  {{- if not $kinds }}nothing{{ else }}{{ get (dict "map" "list of mappings" "string" "list of texts") $items | default "list" }}{{ end -}}
{{- else -}}
{{ kindIs "invalid" $found | ternary "nothing" (kindIs "string" $found | ternary "text" "word") }}
{{- end -}}
{{- end -}}
