// What every format accepts and refuses.
import type { FormatName } from '../../../src/config/formats.ts';

export interface FormatTable {
  /** [as a document holds it, what it gives] */
  readonly accepts: readonly (readonly [unknown, unknown])[];
  readonly refuses: readonly unknown[];
  /** [text of environment or flag, what it gives] */
  readonly texts?: readonly (readonly [string, unknown])[];
  readonly refusesTexts?: readonly string[];
  /** [what is refused, what was probably meant] */
  readonly nearest?: readonly (readonly [unknown, string])[];
}

const SERVICE = { 'pay.example.com': ['legacy/PAY'] };

export const FORMAT_TABLES: Readonly<Record<FormatName, FormatTable>> = {
  text: {
    accepts: [
      ['x', 'x'],
      ['', ''],
      ['\u{1f309}', '\u{1f309}'],
    ],
    refuses: [1, true, null, ['x'], ' x', 'x ', 'a\nb', 'a\u0000', 'x'.repeat(4097), 'a\ud83c', '\udf09a'],
  },
  'optional-text': {
    accepts: [
      ['x', 'x'],
      ['', undefined],
      [null, undefined],
    ],
    refuses: [0, false, []],
    texts: [
      ['', undefined],
      ['a,b', 'a,b'],
    ],
  },
  'strict-int': {
    accepts: [
      [0, 0],
      [12, 12],
    ],
    refuses: [-1, '12', '12abc', 1.9, true, null, 2 ** 53],
    texts: [
      ['12', 12],
      ['0', 0],
    ],
    refusesTexts: [
      '12abc',
      '99x',
      '1.9',
      '1e3',
      '0x10',
      '',
      ' 12',
      '+1',
      '-1',
      '007',
      '1_000',
      'NaN',
      'Infinity',
      '99999999999999999999',
    ],
  },
  'port-number': {
    accepts: [
      [1, 1],
      [65535, 65535],
    ],
    refuses: [0, 65536, '80', null],
    texts: [['80', 80]],
    refusesTexts: ['0', '80,81', '0x50', '80abc', ''],
  },
  'listen-port': {
    accepts: [
      [0, 0],
      [9902, 9902],
    ],
    refuses: [-1, 65536, '0'],
    texts: [['0', 0]],
    refusesTexts: ['tcp://10.0.0.1:9902', ''],
  },
  'optional-listen-port': {
    accepts: [
      [9905, 9905],
      [null, undefined],
    ],
    refuses: [-1, 65536, '0'],
    texts: [
      ['0', 0],
      ['', undefined],
    ],
    refusesTexts: ['none'],
  },
  duration: {
    accepts: [
      ['250ms', 250],
      ['5s', 5000],
      ['10m', 600_000],
      ['2h', 7_200_000],
      ['0s', 0],
      ['480h', 1_728_000_000],
    ],
    refuses: [5, '5', '5 s', '05s', '5S', '1.5s', '-5s', '5d', '', null, true, '481h', '9999999999h', '1e3ms'],
    texts: [['5s', 5000]],
    refusesTexts: ['5', '', 'never'],
    nearest: [
      [30, '30s'],
      ['30', '30s'],
    ],
  },
  'optional-duration': {
    accepts: [
      ['2m', 120_000],
      ['never', undefined],
    ],
    refuses: [null, '', 'Never', 0, false],
    texts: [['never', undefined]],
    refusesTexts: ['0', ''],
  },
  percent: {
    accepts: [
      ['0%', 0],
      ['30%', 30],
      ['100%', 100],
    ],
    refuses: [30, 0.3, '30', '030%', '30 %', '101%', '-1%', '2.5%', '', null],
    texts: [['30%', 30]],
    refusesTexts: ['30', ''],
    nearest: [['30', '30%']],
  },
  size: {
    accepts: [
      ['64KiB', 65_536],
      ['16MiB', 16_777_216],
      ['1GiB', 1_073_741_824],
      [1000, 1000],
      ['1000', 1000],
    ],
    refuses: ['64kb', '64 KiB', '1.5MiB', -1, 1.5, '', null, '0x10', '9007199254740993', '9999999999GiB'],
    texts: [
      ['65536', 65_536],
      ['64KiB', 65_536],
    ],
    refusesTexts: ['64k', '1e6', ''],
    nearest: [
      ['64kb', '64KiB'],
      ['16M', '16MiB'],
      ['1 GiB', '1GiB'],
    ],
  },
  flag: {
    accepts: [
      [true, true],
      [false, false],
    ],
    refuses: ['true', '', 0, 1, null, 'yes'],
    texts: [
      ['true', true],
      ['false', false],
    ],
    refusesTexts: ['', '0', '1', 'no', 'off', 'TRUE', 'yes'],
  },
  list: {
    accepts: [
      [[], []],
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
    ],
    refuses: ['a,b', { a: 1 }, [1], [''], [null], [['a']], null, 'a'],
    texts: [
      ['', []],
      ['a', ['a']],
      ['a, b', ['a', 'b']],
    ],
    refusesTexts: ['a,,b', ',', 'a,'],
  },
  'url-list': {
    accepts: [
      [['http://e:8761/eureka/'], ['http://e:8761/eureka']],
      [['https://e.example.com'], ['https://e.example.com']],
      [['http://[fd00::1]:8761/eureka'], ['http://[fd00::1]:8761/eureka']],
    ],
    refuses: [
      'http://e',
      ['ftp://e'],
      ['e:8761'],
      ['http://u:p@e/'],
      ['http://u@e/'],
      ['http://e/?x=1'],
      ['http://e/#x'],
      ['http://'],
      ['http://a b/'],
      [1],
    ],
    texts: [['http://a/eureka,http://b/eureka', ['http://a/eureka', 'http://b/eureka']]],
    refusesTexts: ['http://a;http://b@c'],
  },
  'zookeeper-servers': {
    accepts: [
      [['zk-1.example:2181'], ['zk-1.example:2181']],
      [
        ['zk_1', '10.0.0.1:9181'],
        ['zk_1:2181', '10.0.0.1:9181'],
      ],
      [[], []],
    ],
    refuses: [
      'zk:2181',
      [''],
      ['zk:0'],
      ['zk:65536'],
      ['zk:2181:2182'],
      ['zk 1'],
      ['[::1]:2181'],
      ['fd00::1'],
      ['u:p@zk:2181'],
      ['zookeeper://zk:2181'],
      ['zk:2181?backup=zk-2:2181'],
      ['zk:2181/app'],
      [2181],
    ],
    texts: [['zk-1:2181, zk-2', ['zk-1:2181', 'zk-2:2181']]],
    nearest: [[['zk:2181/app/a'], 'zk:2181']],
  },
  'zookeeper-path': {
    accepts: [
      ['/', '/'],
      ['/dubbo', '/dubbo'],
      ['/app/a b', '/app/a b'],
    ],
    refuses: ['', 'dubbo', '/dubbo/', '//', '/a//b', '/a/../b', '/./a', '/a\u0000', null, 1, ['/a']],
    nearest: [
      ['dubbo', '/dubbo'],
      ['/dubbo/', '/dubbo'],
    ],
  },
  'zookeeper-root': {
    accepts: [
      ['/dubbo', '/dubbo'],
      ['none', undefined],
    ],
    refuses: ['', 'dubbo', 'NONE', '/dubbo/', null],
    nearest: [['dubbo', '/dubbo']],
  },
  'zookeeper-auth': {
    accepts: [
      ['none', 'none'],
      ['digest', 'digest'],
    ],
    refuses: ['', 'sasl', 'Kerberos', 'x509', 'Digest', null],
    nearest: [['diges', 'digest']],
  },
  cidr: {
    accepts: [
      ['10.0.0.0/8', '10.0.0.0/8'],
      ['FD00::/8', 'fd00::/8'],
      ['::/0', '::/0'],
      ['10.1.2.3/32', '10.1.2.3/32'],
    ],
    refuses: [
      '10.0.0.0',
      '10.1.2.3/8',
      '10.0.0.0/33',
      '010.0.0.0/8',
      '10/8',
      'fd00::1/8',
      'fe80::%eth0/64',
      '10.0.0.0/08',
      '',
      null,
      10,
    ],
    nearest: [
      ['10.1.2.3/8', '10.0.0.0/8'],
      ['10.0.0.1', '10.0.0.1/32'],
      ['fd00::1', 'fd00::1/128'],
      ['fd00:1::1/16', 'fd00::/16'],
    ],
  },
  'cidr-v4': { accepts: [['241.0.0.0/8', '241.0.0.0/8']], refuses: ['fd00::/8', '241.0.0.0', '241.1.0.0/8', null] },
  'optional-cidr-v6': {
    accepts: [
      ['fd00::/8', 'fd00::/8'],
      [null, undefined],
      ['', undefined],
    ],
    refuses: ['10.0.0.0/8', 'fd00::'],
  },
  'cidr-list': {
    accepts: [
      [[], []],
      [['10.0.0.0/8'], ['10.0.0.0/8']],
    ],
    refuses: ['10.0.0.0/8', ['10.0.0.1/8'], { a: 1 }],
    texts: [
      ['10.0.0.0/8,fd00::/8', ['10.0.0.0/8', 'fd00::/8']],
      ['', []],
    ],
    refusesTexts: ['10.0.0.0/8;fd00::/8'],
  },
  'glob-list': {
    accepts: [
      [
        ['PAY-*', 'a?', '[ab]', '{a,b}'],
        ['PAY-*', 'a?', '[ab]', '{a,b}'],
      ],
    ],
    refuses: [[''], [' a'], ['+(a)'], ['!(a)'], ['a\u0000'], 'a', [1], ['x'.repeat(257)]],
    texts: [['A,B-*', ['A', 'B-*']]],
  },
  'host-suffix-list': {
    accepts: [
      [
        ['.payments.legacy', '.internal', 'a.example.com'],
        ['.payments.legacy', '.internal', 'a.example.com'],
      ],
    ],
    refuses: [
      ['*.a.b'],
      ['payments'],
      ['.'],
      [''],
      ['.A.b'],
      ['..a'],
      ['a..b'],
      ['.a_b.c'],
      ['10.0.0.1'],
      ['.a.1'],
      '.a',
    ],
    nearest: [
      [['*.a.b'], '.a.b'],
      [['payments'], '.payments'],
      [['.Pay_Ments.Legacy'], '.pay-ments.legacy'],
    ],
  },
  host: {
    accepts: [
      ['127.0.0.1', '127.0.0.1'],
      ['::', '::'],
      ['localhost', 'localhost'],
      ['a.example.com', 'a.example.com'],
    ],
    refuses: ['', '127.0.0.1:80', '[::1]', 'a b', '*', 'fe80::1%eth0', '256.0.0.1', null, 0],
    nearest: [['[::1]', '::1']],
  },
  'dns-label': {
    accepts: [
      ['payments', 'payments'],
      ['a', 'a'],
      ['a-1', 'a-1'],
      ['a'.repeat(63), 'a'.repeat(63)],
    ],
    refuses: ['', 'A', '-a', 'a-', 'a.b', 'a_b', 'a'.repeat(64), null, 1],
  },
  'dns-subdomain': {
    accepts: [
      ['footbridge.io', 'footbridge.io'],
      ['a', 'a'],
    ],
    refuses: ['', 'A.b', 'a..b', '.a', 'a/b', 'a.'.repeat(140)],
  },
  'instance-name': {
    accepts: [
      ['bridge-1', 'bridge-1'],
      ['1', '1'],
      ['a'.repeat(30), 'a'.repeat(30)],
    ],
    refuses: ['', 'a.b', 'A', 'a'.repeat(31), '-a', 'a-', null],
  },
  'host-template': {
    accepts: [
      ['{service}.{namespace}.{registry}', '{service}.{namespace}.{registry}'],
      ['svc-{service}.example.com', 'svc-{service}.example.com'],
      ['{registry}.{instance}.{service}', '{registry}.{instance}.{service}'],
    ],
    refuses: [
      '{service}',
      'a.b',
      '{service}.{team}',
      '{Service}.b',
      '{service}.B',
      '{service}..b',
      '*.{service}.b',
      '{service}.1',
      '{service}.{',
      '',
      null,
      '{service}.b/c',
    ],
    nearest: [
      ['{service}', '{service}.internal'],
      ['{service}.Example.com', '{service}.example.com'],
    ],
  },
  'port-range-list': {
    accepts: [
      [
        ['8080', '8000-9000', 443],
        [
          { first: 8080, last: 8080 },
          { first: 8000, last: 9000 },
          { first: 443, last: 443 },
        ],
      ],
    ],
    refuses: [
      ['9000-8000'],
      ['0'],
      [0],
      ['1-65536'],
      [65536],
      ['80abc'],
      ['0x50'],
      ['80-'],
      ['-80'],
      '80',
      [null],
      [1.5],
      [true],
    ],
    texts: [
      [
        '80,8000-9000',
        [
          { first: 80, last: 80 },
          { first: 8000, last: 9000 },
        ],
      ],
    ],
    refusesTexts: ['80 81', '1e3'],
    nearest: [[['9000-8000'], '8000-9000']],
  },
  'export-to': {
    accepts: [
      [['.'], ['.']],
      [
        ['b', 'a', 'a'],
        ['a', 'b'],
      ],
      [['*'], ['*']],
      [[], []],
    ],
    refuses: ['.', ['~'], ['A'], ['a.b'], [''], { a: 1 }],
    texts: [['.,istio-system', ['.', 'istio-system']]],
  },
  'optional-protocol': {
    accepts: [
      ['http', 'http'],
      [null, undefined],
      ['', undefined],
    ],
    refuses: ['HTTP', 'thrift', 1],
    nearest: [['HTTP', 'http']],
  },
  'protocol-list': {
    accepts: [
      [
        ['grpc', 'http'],
        ['grpc', 'http'],
      ],
    ],
    refuses: ['grpc', ['mongo']],
    texts: [['grpc,tri', ['grpc', 'tri']]],
  },
  'text-map': {
    accepts: [
      [{}, {}],
      [{ a: 'b' }, { a: 'b' }],
    ],
    refuses: [[], 'a=b', { a: 1 }, { a: null }, { '': 'x' }, null],
    texts: [
      ['{"a":"b"}', { a: 'b' }],
      ['a: b', { a: 'b' }],
    ],
    refusesTexts: ['', 'a=b', '[1]', '{'],
  },
  'labels-map': {
    accepts: [
      [
        { team: 'a', 'example.com/x': '' },
        { team: 'a', 'example.com/x': '' },
      ],
    ],
    refuses: [
      { 'a b': 'x' },
      { a: 'x y' },
      { a: '-x' },
      { a: 'x'.repeat(64) },
      { 'A.com/x': 'y' },
      { '/x': 'y' },
      { 'a/b/c': 'd' },
      { a: 1 },
      [],
    ],
  },
  'annotations-map': {
    accepts: [[{ 'example.com/link': 'https://x?y=z' }, { 'example.com/link': 'https://x?y=z' }]],
    refuses: [{ 'a b': 'x' }, { a: ['x'] }, { a: 'x\ny' }],
  },
  'header-file-map': {
    accepts: [
      [{ 'X-Token': '/run/token' }, { 'X-Token': '/run/token' }],
      [{ a: './t' }, { a: './t' }],
    ],
    refuses: [{ Authorization: 'Bearer abc' }, { 'X Y': '/t' }, { 'X:': '/t' }, { a: '' }, 'x', null],
  },
  'host-map': {
    accepts: [
      [SERVICE, SERVICE],
      [{}, {}],
    ],
    refuses: [
      { pay: ['legacy/PAY'] },
      { 'Pay.example.com': ['legacy/PAY'] },
      { '*.example.com': ['legacy/PAY'] },
      { 'a.b': [] },
      { 'a.b': 'legacy/PAY' },
      { 'a.b': ['PAY'] },
      { 'a.b': ['LEGACY/PAY'] },
      { '10.0.0.1': ['legacy/PAY'] },
    ],
    texts: [['{"pay.example.com": ["legacy/PAY"]}', SERVICE]],
    nearest: [[{ 'Pay.Example.com': ['legacy/PAY'] }, 'pay.example.com']],
  },
  'freeze-list': {
    accepts: [
      [[], []],
      [
        [{ target: '*', reason: 'a migration' }],
        [{ target: { kind: 'all' }, reason: 'a migration', untilMs: undefined }],
      ],
      [
        [{ target: 'legacy', reason: 'x', until: '2026-12-01T12:00:00Z' }],
        [{ target: { kind: 'registry', registry: 'legacy' }, reason: 'x', untilMs: Date.UTC(2026, 11, 1, 12) }],
      ],
      [
        [{ target: 'legacy/a/B c', reason: 'x', until: '2026-12-01T12:00+02:00' }],
        [
          {
            target: { kind: 'service', registry: 'legacy', service: 'a/B c' },
            reason: 'x',
            untilMs: Date.UTC(2026, 11, 1, 10),
          },
        ],
      ],
    ],
    refuses: [
      {},
      '*',
      [{}],
      ['*'],
      [{ target: '*' }],
      [{ target: '*', reason: '' }],
      [{ target: '*', reason: '  ' }],
      [{ target: '*', reason: 'a\nb' }],
      [{ target: '*', reason: 'x'.repeat(201) }],
      [{ target: 'Legacy', reason: 'x' }],
      [{ target: 'legacy/', reason: 'x' }],
      [{ target: '', reason: 'x' }],
      [{ target: '*', reason: 'x', until: '2026-12-01' }],
      [{ target: '*', reason: 'x', until: '2026-12-01T12:00:00' }],
      [{ target: '*', reason: 'x', until: '2026-13-01T12:00:00Z' }],
      [{ target: '*', reason: 'x', until: '2h' }],
      [{ target: '*', reason: 'x', till: '2026-12-01T12:00:00Z' }],
    ],
    nearest: [[[{ target: '*', reason: 'x', untill: '2026-12-01T12:00:00Z' }], 'until']],
  },
  'endpoint-rules': {
    accepts: [
      [[], []],
      [
        [{ match: { services: 'legacy/*', addresses: ['10.0.0.0/8'], metadata: { dc: ['a', 'b'] } }, network: 'n1' }],
        [
          {
            match: { services: ['legacy/*'], addresses: ['10.0.0.0/8'], metadata: { dc: ['a', 'b'] } },
            network: 'n1',
            serviceAccount: undefined,
            tlsMode: undefined,
          },
        ],
      ],
      [
        [{ tlsMode: 'istio' }],
        [
          {
            match: { services: [], addresses: [], metadata: {} },
            network: undefined,
            serviceAccount: undefined,
            tlsMode: 'istio',
          },
        ],
      ],
    ],
    refuses: [
      {},
      [{}],
      [{ match: {} }],
      [{ tlsMode: 'mutual' }],
      [{ match: { service: 'x' }, network: 'n' }],
      [{ match: { addresses: ['10.0.0.1/8'] }, network: 'n' }],
      [{ match: 'x', network: 'n' }],
      [{ network: '' }],
      [{ netwrok: 'n' }],
      ['x'],
      [null],
    ],
    texts: [
      ['', []],
      [
        '[{"network": "n1"}]',
        [
          {
            match: { services: [], addresses: [], metadata: {} },
            network: 'n1',
            serviceAccount: undefined,
            tlsMode: undefined,
          },
        ],
      ],
    ],
    refusesTexts: ['network=n1', '{"network": "n1"}'],
    nearest: [
      [[{ netwrok: 'n' }], 'network'],
      [[{ match: { service: 'x' }, network: 'n' }], 'services'],
    ],
  },
  'scope-rules': {
    accepts: [
      [[], []],
      [[{ metadata: { team: 'payments' } }], [{ attributes: {}, metadata: { team: ['payments'] } }]],
    ],
    refuses: [
      {},
      [{}],
      [{ app: 'ORDERS' }],
      [{ metadata: { team: [] } }],
      [{ metadata: 'x' }],
      [{ metadata: { team: [1] } }],
      'app: X',
    ],
  },
};
