// Stories of _alerts-access.tpl. The clock of a story begins at 0, so an expiry is how long after the beginning it comes.
import { type Bridge, JOB, type Pod } from '../bridge.ts';
import { type Firing, NAMESPACE, type Story } from '../story.ts';

const EXPIRY = 'footbridge_tls_certificate_expiry_timestamp_seconds';
const CERTIFICATE_REFUSED = 'footbridge_serve_files_refused{files="certificate"}';
const LIST_REFUSED = 'footbridge_serve_files_refused{files="access-list"}';
const DAY_S = 86_400;
const MINUTE_S = 60;

const expiring = (severity: Firing['severity'], when: string): Firing => ({
  alert: 'FootbridgeCertificateExpiring',
  severity,
  labels: { job: JOB },
  summary: 'The certificate that a bridge shows to istiod expires, and nobody has renewed it.',
  description: `the certificate ${when}. From then on no istiod can connect that verifies it, and one that starts ends at once. Streams that are open go on until they break.`,
});

const refused = (files: string): Firing => ({
  alert: 'FootbridgeServeFilesRefused',
  severity: 'warning',
  labels: { job: JOB, files },
  summary: 'A bridge serves with a certificate or an access list that is not the one in its files.',
  description: `the files of the ${files} changed to what cannot be used, and a replica goes on with the former content. It will not start with what the files hold now.`,
});

const bridge = (pods: Readonly<Record<string, Pod>>): readonly Bridge[] => [{ namespace: NAMESPACE, pods }];
const shows = (series: string, timeline: string | number): Pod => ({ shows: { [series]: String(timeline) } });
const lasting = (seconds: number): Pod => shows(EXPIRY, seconds);

const MONTHS = lasting(60 * DAY_S);

export const ACCESS_STORIES: Readonly<Record<string, readonly Story[]>> = {
  FootbridgeCertificateExpiring: [
    {
      that: 'seven days before the end of the certificate of both replicas, failed scrapes or not',
      bridges: bridge({
        a: { ...lasting(7 * DAY_S + 10 * MINUTE_S), unscraped: ['20m'] },
        b: { ...lasting(7 * DAY_S + 10 * MINUTE_S), unscraped: ['20m'] },
      }),
      firing: {
        '25m': [],
        '25m30s': [expiring('warning', 'expires in 6d 23h 44m 30s')],
      },
    },
    {
      that: 'one day before the end it wakes somebody',
      bridges: bridge({
        a: { ...lasting(DAY_S + 20 * MINUTE_S), unscraped: ['30m'] },
        b: { ...lasting(DAY_S + 20 * MINUTE_S), unscraped: ['30m'] },
      }),
      firing: {
        '35m': [expiring('warning', 'expires in 23h 45m 0s')],
        '35m30s': [expiring('warning', 'expires in 23h 44m 30s'), expiring('critical', 'expires in 23h 44m 30s')],
      },
    },
    {
      that: 'one of two replicas did not take the renewed one, and it expires',
      bridges: bridge({ a: MONTHS, b: lasting(20 * MINUTE_S) }),
      firing: {
        '14m30s': [],
        '15m': [expiring('warning', 'expires in 5m 0s'), expiring('critical', 'expires in 5m 0s')],
        '21m': [expiring('warning', 'has expired'), expiring('critical', 'has expired')],
      },
    },
    {
      that: 'it is renewed soon after it came below seven days, and later soon after it came below one',
      bridges: bridge({
        a: shows(EXPIRY, `${7 * DAY_S + 10 * MINUTE_S} for 20m, ${60 * DAY_S}`),
        b: MONTHS,
      }),
      firing: { '20m': [], '25m30s': [], '1h': [] },
    },
    {
      that: 'a certificate of a day comes by mistake and is put right within minutes',
      bridges: bridge({ a: shows(EXPIRY, `${60 * DAY_S} for 10m, ${DAY_S} for 10m, ${60 * DAY_S}`), b: MONTHS }),
      firing: { '20m': [], '25m': [], '1h': [] },
    },
    {
      that: 'everything is served in plaintext',
      bridges: bridge({ a: shows(EXPIRY, 0), b: shows(EXPIRY, 0) }),
      firing: { '15m': [], '2h': [] },
    },
    {
      that: 'certificates last for months',
      bridges: bridge({ a: MONTHS, b: { ...MONTHS, unscraped: ['20m'] } }),
      firing: { '15m': [], '2h': [] },
    },
  ],

  FootbridgeServeFilesRefused: [
    {
      that: 'a renewed certificate comes with the key of another one, a failed scrape or not',
      bridges: bridge({ a: { ...shows(CERTIFICATE_REFUSED, '0 for 10m, 1'), unscraped: ['15m'] }, b: {} }),
      firing: { '19m30s': [], '20m': [refused('certificate')] },
    },
    {
      that: 'an access list is mistyped, and one replica after the other sees it; when it is put right it ends',
      bridges: bridge({
        a: shows(LIST_REFUSED, '0 for 10m, 1 for 15m, 0'),
        b: shows(LIST_REFUSED, '0 for 11m, 1 for 15m, 0'),
      }),
      firing: { '19m30s': [], '20m': [refused('access-list')], '30m': [] },
    },
    {
      that: 'certificate and key are written one after the other, by hand, within minutes',
      bridges: bridge({ a: shows(CERTIFICATE_REFUSED, '0 for 10m, 1 for 4m, 0'), b: {} }),
      firing: { '14m': [], '20m': [], '30m': [] },
    },
  ],
};
