{{/*
What must hold for the values as a whole, and what the schema holds too: `helm template | kubectl apply` and some tools skip it. All
that is wrong is told at once, each as a sentence that begins with the value and ends with what to do. It renders nothing.
*/}}
{{- define "footbridge.requirements" -}}
{{- $wrong := include "footbridge.wrongShapes" . | fromJsonArray -}}
{{- if not $wrong -}}
{{- $wrong = include "footbridge.wrongNulls" . | fromJsonArray -}}
{{- end -}}
{{- if not $wrong -}}
{{- $wrong = concat
  (include "footbridge.wrongBasics" . | fromJsonArray)
  (include "footbridge.wrongRegistries" . | fromJsonArray)
  (include "footbridge.wrongVisibility" . | fromJsonArray)
  (include "footbridge.wrongConfig" . | fromJsonArray)
  (include "footbridge.wrongServeConfig" . | fromJsonArray)
  (include "footbridge.wrongTls" . | fromJsonArray)
  (include "footbridge.wrongAccessList" . | fromJsonArray)
  (include "footbridge.wrongMonitoring" . | fromJsonArray)
  (include "footbridge.wrongAlerts" . | fromJsonArray)
  (include "footbridge.wrongPods" . | fromJsonArray)
  (include "footbridge.wrongPersistence" . | fromJsonArray)
-}}
{{- end -}}
{{- if $wrong -}}
{{- fail (printf "\n\nThese values cannot work:\n- %s\n" (join "\n- " $wrong)) -}}
{{- end -}}
{{- end -}}

{{/* Helm takes `null` as "without the default". Where the chart cannot do without, that is most often a key with nothing behind it. */}}
{{- define "footbridge.wrongNulls" -}}
{{- $wrong := list -}}
{{- range $path := list
  "image" "rollingUpdate" "podDisruptionBudget" "admin" "admin.existingSecret" "admin.existingSecret.tokenKey" "seeding" "seeding.existingSecret"
  "seeding.existingSecret.tokenKey" "persistence" "service" "networkPolicy" "monitoring" "serviceAccount" "tests"
  "tls" "tls.existingSecret" "tls.existingConfigMap" "accessList" "accessList.existingConfigMap"
  "tls.mode" "tls.existingSecret.certificateKey" "tls.existingSecret.keyKey" "tls.existingConfigMap.caKey" "tls.minVersion" "tls.port"
  "tls.plaintextPort" "accessList.existingConfigMap.key"
  "monitoring.serviceMonitor" "monitoring.podMonitor" "monitoring.prometheusRule" "monitoring.dashboards"
  "replicaCount" "preStopSeconds" "bindAddress" "exportTo"
  "rollingUpdate.maxUnavailable" "rollingUpdate.maxSurge" "podDisruptionBudget.maxUnavailable" "image.pullPolicy"
  "monitoring.prometheusRule.thresholds"
  "monitoring.prometheusRule.thresholds.registryStaleSeconds" "monitoring.prometheusRule.thresholds.registryFlaps"
  "monitoring.prometheusRule.thresholds.propagationWithinSeconds" "monitoring.prometheusRule.thresholds.propagationObjectivePercent"
  "monitoring.prometheusRule.thresholds.propagationMinChanges" "monitoring.prometheusRule.thresholds.memoryNearLimitPercent"
-}}
  {{- $found := $.Values -}}
  {{- range $key := splitList "." $path -}}
    {{- if kindIs "map" $found }}{{ $found = index $found $key }}{{ else }}{{ $found = "told of what it stands in" }}{{ end -}}
  {{- end -}}
  {{- if kindIs "invalid" $found -}}
    {{- $wrong = append $wrong (printf "%s: has nothing behind it, which removes its default: give it a value, or leave it out" $path) -}}
  {{- end -}}
{{- end -}}
{{- toJson $wrong -}}
{{- end -}}

{{- define "footbridge.wrongBasics" -}}
{{- $wrong := list -}}
{{- if not .Values.image.repository -}}
  {{- $wrong = append $wrong "image.repository: is required: say where you pushed the image that the Dockerfile builds, for example `images.example.com/footbridge`" -}}
{{- end -}}
{{- if not (regexMatch "^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)?$" (.Values.namespace | default "")) -}}
  {{- $wrong = append $wrong (printf "namespace: `%s` is no name of a namespace: lower-case letters, digits and inner hyphens, at most 63" .Values.namespace) -}}
{{- end -}}
{{- if not (regexMatch "^([a-z0-9]([-a-z0-9]{0,28}[a-z0-9])?)?$" (.Values.instance | default "")) -}}
  {{- $wrong = append $wrong (printf "instance: `%s` cannot be part of resource names: lower-case letters, digits and inner hyphens, at most 30" .Values.instance) -}}
{{- end -}}
{{- if not (has .Values.bindAddress (list "0.0.0.0" "::")) -}}
  {{- $wrong = append $wrong (printf "bindAddress: at `%v` neither istiod nor the probes would reach the pod: use `0.0.0.0`, or `::` where pods have IPv6 addresses" .Values.bindAddress) -}}
{{- end -}}
{{- toJson $wrong -}}
{{- end -}}

{{- define "footbridge.wrongRegistries" -}}
{{- $wrong := list -}}
{{- if not .Values.registries -}}
  {{- $wrong = append $wrong "registries: is required: name at least one to read, for example `registries: {legacy: {kind: eureka, urls: [http://eureka:8761/eureka]}}`" -}}
{{- end -}}
{{- range $name, $registry := .Values.registries -}}
  {{- $at := printf "registries.%s" $name -}}
  {{- if not (regexMatch "^[a-z0-9]{1,15}$" $name) -}}
    {{- $wrong = append $wrong (printf "%s: a registry is named by 1 to 15 lower-case letters and digits, because its name is part of hosts and metrics" $at) -}}
  {{- end -}}
  {{- if not (kindIs "map" $registry) -}}
    {{- $wrong = append $wrong (printf "%s: must be a mapping that says its `kind`" $at) -}}
  {{- else -}}
    {{- $kind := $registry.kind | default "" -}}
    {{- if not (has $kind (list "eureka" "dubbo" "spring-cloud-zookeeper" "file")) -}}
      {{- $wrong = append $wrong (printf "%s.kind: must be eureka, dubbo, spring-cloud-zookeeper or file" $at) -}}
    {{- end -}}
    {{- if and (eq $kind "eureka") (not $registry.urls) -}}
      {{- $wrong = append $wrong (printf "%s.urls: name at least one Eureka server, for example `[http://eureka:8761/eureka]`" $at) -}}
    {{- end -}}
    {{- if and (has $kind (list "dubbo" "spring-cloud-zookeeper")) (not $registry.servers) -}}
      {{- $wrong = append $wrong (printf "%s.servers: name at least one ZooKeeper server, for example `[zookeeper:2181]`" $at) -}}
    {{- end -}}
    {{- if contains "@" (join " " (concat ($registry.urls | default list) ($registry.servers | default list))) -}}
      {{- $wrong = append $wrong (printf "%s.%s: no user and no password belongs in an address, which everybody can read in the ConfigMap: name the Secret that holds it in `%s.auth.existingSecret: {name: …, passwordKey: …}`" $at (eq $kind "eureka" | ternary "urls" "servers") $at) -}}
    {{- end -}}
    {{- range $registry.servers -}}
      {{- if or (contains "[" .) (gt (len (splitList ":" .)) 2) -}}
        {{- $wrong = append $wrong (printf "%s.servers: must not hold an IPv6 address, which the ZooKeeper client cannot connect to: use a host name" $at) -}}
      {{- end -}}
    {{- end -}}
    {{- if eq $kind "file" -}}
      {{- if $registry.path -}}
        {{- $wrong = append $wrong (printf "%s.path: is set by the chart: name the ConfigMap that holds the file in `%s.existingConfigMap: {name: …, key: …}`" $at $at) -}}
      {{- end -}}
      {{- $file := $registry.existingConfigMap | default dict -}}
      {{- if not (and $file.name $file.key) -}}
        {{- $wrong = append $wrong (printf "%s.existingConfigMap: name the ConfigMap that holds the file and its key, for example `{name: payments-services, key: services.yaml}`" $at) -}}
      {{- end -}}
    {{- end -}}
    {{- range $section := list "auth" "tls" -}}
      {{- $options := get $registry $section | default dict -}}
      {{- $path := printf "%s.%s" $at $section -}}
      {{- range $key := keys $options | sortAlpha -}}
        {{- if regexMatch "Files?$" $key -}}
          {{- $as := regexReplaceAll "File(s?)$" $key "Key${1}" -}}
          {{- $wrong = append $wrong (printf "%s.%s: is set by the chart: name the Secret that holds it, and its key, in `%s.existingSecret: {name: …, %s: …}`" $path $key $path $as) -}}
        {{- end -}}
      {{- end -}}
      {{- if $options.password -}}
        {{- $wrong = append $wrong (printf "%s.password: no password belongs in values: name the Secret that holds it in `%s.existingSecret: {name: …, passwordKey: …}`" $path $path) -}}
      {{- end -}}
      {{- range $source := list "existingSecret" "existingConfigMap" -}}
        {{- $reference := get $options $source -}}
        {{- if and $reference (or (not (kindIs "map" $reference)) (not $reference.name) (lt (len $reference) 2)) -}}
          {{- $wrong = append $wrong (printf "%s.%s: needs a `name` and at least one key" $path $source) -}}
        {{- end -}}
      {{- end -}}
      {{- if and ($options.existingSecret | default dict).caKey ($options.existingConfigMap | default dict).caKey -}}
        {{- $wrong = append $wrong (printf "%s: the CA is named twice: keep `caKey` in one of existingSecret and existingConfigMap" $path) -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $wrong -}}
{{- end -}}

{{/* Rules of the program about several keys: what it refuses at its start would leave the release without a pod that starts. */}}
{{- define "footbridge.wrongVisibility" -}}
{{- $wrong := list -}}
{{- $namespace := .Values.namespace | default .Release.Namespace -}}
{{- if not .Values.exportTo -}}
  {{- $wrong = append $wrong "exportTo: must not be empty, which Istio takes for the whole mesh: write `[.]`" -}}
{{- end -}}
{{- if and (has "*" .Values.exportTo) (gt (len .Values.exportTo) 1) -}}
  {{- $wrong = append $wrong "exportTo: must have `*` alone, or not at all" -}}
{{- end -}}
{{- if and (has "." .Values.exportTo) (has $namespace .Values.exportTo) -}}
  {{- $wrong = append $wrong (printf "exportTo: names both `.` and `%s`, which are the same: keep one of them" $namespace) -}}
{{- end -}}
{{- range $host, $services := (.Values.config | default dict).hosts -}}
  {{- range $service := kindIs "slice" $services | ternary $services list -}}
    {{- $registry := splitList "/" (toString $service) | first -}}
    {{- if not (hasKey ($.Values.registries | default dict) $registry) -}}
      {{- $wrong = append $wrong (printf "config.hosts: `%s` names the registry `%s`, but the registries are: %s" $host $registry (keys ($.Values.registries | default dict) | sortAlpha | join ", ")) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $wrong -}}
{{- end -}}

{{- define "footbridge.wrongConfig" -}}
{{- $wrong := list -}}
{{- range $key := list "namespace" "instance" "registries" "exportTo" -}}
  {{- if hasKey ($.Values.config | default dict) $key -}}
    {{- $wrong = append $wrong (printf "config.%s: has a value of its own: set `%s` instead" $key $key) -}}
  {{- end -}}
{{- end -}}
{{- range $section := list "serve" "admin" -}}
  {{- range $key := list "address" "port" -}}
    {{- if hasKey (get ($.Values.config | default dict) $section | default dict) $key -}}
      {{- $wrong = append $wrong (printf "config.%s.%s: is set by the chart, because probes, Service and policies rely on it (`bindAddress` chooses between IPv4 and IPv6)" $section $key) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- if and .Values.admin.existingSecret.name ((.Values.config | default dict).admin | default dict).tokenFile -}}
  {{- $wrong = append $wrong "config.admin.tokenFile: is set by the chart, which mounts the Secret of `admin.existingSecret`: keep one of the two" -}}
{{- end -}}
{{- if and .Values.seeding.existingSecret.name (.Values.config | default dict).replicas -}}
  {{- $wrong = append $wrong "config.replicas: is set by the chart, which mounts the Secret of `seeding.existingSecret`: keep one of the two" -}}
{{- end -}}
{{- $deadline := ((.Values.config | default dict).shutdown | default dict).deadline -}}
{{- if and $deadline (not (regexMatch "^(0|[1-9][0-9]*)(ms|s|m|h)$" (toString $deadline))) -}}
  {{- $wrong = append $wrong (printf "config.shutdown.deadline: `%v` is no duration such as `25s`" $deadline) -}}
{{- end -}}
{{- toJson $wrong -}}
{{- end -}}

{{- define "footbridge.wrongPersistence" -}}
{{- $wrong := list -}}
{{- $state := (.Values.config | default dict).state | default dict -}}
{{- $claim := .Values.persistence.existingClaim -}}
{{- if .Values.persistence.enabled -}}
  {{- if $state.file -}}
    {{- $wrong = append $wrong "config.state.file: is set by the chart, which mounts a volume there: remove it, or turn `persistence.enabled` off and mount one of your own with `extraVolumes`" -}}
  {{- end -}}
  {{- if and $state.maxBytes (not (regexMatch "^[1-9][0-9]{0,12}([KMG]iB)?$" (kindIs "string" $state.maxBytes | ternary $state.maxBytes ($state.maxBytes | int64 | toString)))) -}}
    {{- $wrong = append $wrong (printf "config.state.maxBytes: `%v` is no size such as `64MiB`" $state.maxBytes) -}}
  {{- end -}}
  {{- if and $claim (ne (int .Values.replicaCount) 1) -}}
    {{- $wrong = append $wrong "persistence.existingClaim: no two pods may write one file: leave it empty, so that each has a volume of its own, or set `replicaCount: 1`" -}}
  {{- end -}}
  {{- if and $claim (not (has (toString .Values.rollingUpdate.maxSurge) (list "0" "0%"))) -}}
    {{- $wrong = append $wrong "persistence.existingClaim: the pod of an update would wait for the volume that the old pod has: set `rollingUpdate: {maxUnavailable: 1, maxSurge: 0}`, and know that no istiod can start meanwhile" -}}
  {{- end -}}
{{- else if $claim -}}
  {{- $wrong = append $wrong "persistence.existingClaim: is named, and `persistence.enabled` is off: turn it on, or remove the claim" -}}
{{- end -}}
{{- toJson $wrong -}}
{{- end -}}

{{- define "footbridge.wrongMonitoring" -}}
{{- $wrong := list -}}
{{- $monitoring := .Values.monitoring -}}
{{- $isMonitored := or $monitoring.serviceMonitor.enabled $monitoring.podMonitor.enabled -}}
{{- if and $monitoring.serviceMonitor.enabled $monitoring.podMonitor.enabled -}}
  {{- $wrong = append $wrong "monitoring: serviceMonitor and podMonitor are both on, and every pod would be scraped twice: turn one off" -}}
{{- end -}}
{{- if and $isMonitored $monitoring.job -}}
  {{- $wrong = append $wrong "monitoring.job: the monitor decides the job label: remove it, or turn the monitor off" -}}
{{- end -}}
{{- if and $monitoring.prometheusRule.enabled (not $isMonitored) (not $monitoring.job) -}}
  {{- $wrong = append $wrong "monitoring.prometheusRule: alerts select this release by its job label: turn serviceMonitor or podMonitor on, or say in `monitoring.job` what your own scrape configuration calls it" -}}
{{- end -}}
{{- toJson $wrong -}}
{{- end -}}

{{- define "footbridge.wrongPods" -}}
{{- $wrong := list -}}
{{- if lt (int .Values.replicaCount) 1 -}}
  {{- $wrong = append $wrong "replicaCount: istiod does not start while a listed source has no pod: at least 1, better 2" -}}
{{- end -}}
{{- if and (has (toString .Values.rollingUpdate.maxUnavailable) (list "0" "0%")) (has (toString .Values.rollingUpdate.maxSurge) (list "0" "0%")) -}}
  {{- $wrong = append $wrong "rollingUpdate: maxUnavailable and maxSurge are both 0, so no pod could ever be replaced: raise one" -}}
{{- end -}}
{{- $memory := include "footbridge.memoryLimit" . -}}
{{- if and $memory (not (include "footbridge.isBytes" $memory)) -}}
  {{- $wrong = append $wrong (printf "resources.limits.memory: `%s` is no amount of memory such as `512Mi`" $memory) -}}
{{- end -}}
{{- $own := list "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/component" "sidecar.istio.io/inject" "istio.io/dataplane-mode" -}}
{{- range $source := list "commonLabels" "podLabels" "podAnnotations" -}}
  {{- range $key := keys (get $.Values $source | default dict) | sortAlpha -}}
    {{- if has $key $own -}}
      {{- $wrong = append $wrong (printf "%s: `%s` is set by the chart: selectors need it, or keep the pods out of a mesh that waits for them" $source $key) -}}
    {{- else if and (eq $source "podAnnotations") (eq $key "checksum/config") -}}
      {{- $wrong = append $wrong "podAnnotations: `checksum/config` is set by the chart: by it the pods are replaced when the configuration changes" -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- range .Values.extraEnv -}}
  {{- if hasPrefix "FOOTBRIDGE_" .name -}}
    {{- $wrong = append $wrong (printf "extraEnv: `%s` would override the configuration where nobody looks: set the key in `config`" .name) -}}
  {{- end -}}
{{- end -}}
{{- toJson $wrong -}}
{{- end -}}
