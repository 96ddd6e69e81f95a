{{/* Can clients go on connecting, and does who may connect stand as it was written? */}}
{{- define "footbridge.alerts.access" -}}
{{- $of := include "footbridge.metricsSelector" . -}}
{{- range list (dict "severity" "warning" "days" 7) (dict "severity" "critical" "days" 1) }}
- alert: FootbridgeCertificateExpiring
  severity: {{ .severity }}
  for: 15m
  expr: |
    # 0 = plaintext, which has no certificate. last_over_time: a failed scrape must not start the clock anew. The replica that is worst off
    # counts: istiod may reach any of them.
    min by (namespace, job) (last_over_time(footbridge_tls_certificate_expiry_timestamp_seconds{ {{- $of -}} }[3m]) > 0) - time()
      < {{ .days }} * 86400
  summary: The certificate that a bridge shows to istiod expires, and nobody has renewed it.
  description: >-
    the certificate << if lt $value 0.0 >>has expired<< else >>expires in << $value | humanizeDuration >><< end >>. From then on no istiod can connect
    that verifies it, and one that starts ends at once. Streams that are open go on until they break.
{{- end }}
- alert: FootbridgeServeFilesRefused
  severity: warning
  for: 10m
  expr: |
    # max_over_time: a failed scrape must not start the clock anew. Kubernetes brings a changed file to all replicas within two minutes.
    max by (namespace, job, files) (max_over_time(footbridge_serve_files_refused{ {{- $of -}} }[3m])) > 0
  summary: A bridge serves with a certificate or an access list that is not the one in its files.
  description: >-
    the files of the << $labels.files >> changed to what cannot be used, and a replica goes on with the former content. It will not start
    with what the files hold now.
{{- end }}
