import { deflateSync } from 'node:zlib';
import {
  authEnveloped,
  ber,
  compressed,
  der,
  enveloped,
  oid,
  plainData,
  signed,
  signedObject,
  version,
} from './cms.fixture';
import { leastCpuMsOf } from '../../../test/support/cpu';
import { cmsContent } from './smime';

const entity = Buffer.from(`Content-Type: text/plain\r\n\r\n${'Tuesday suits me. '.repeat(40)}\r\n`);

const segments = [entity.subarray(0, 100), entity.subarray(100)].map((each) => der(0x04, each));

const opened: [name: string, object: Buffer][] = [
  ['in DER', signedObject(entity)],
  [
    'in BER of indefinite length, in segments',
    ber(
      0x30,
      oid(signed),
      ber(0xa0, ber(0x30, version, der(0x31), ber(0x30, oid(plainData), ber(0xa0, ber(0x24, ...segments))))),
    ),
  ],
  [
    'compressed (RFC 3274)',
    der(
      0x30,
      oid(compressed),
      der(0xa0, der(0x30, version, der(0x30), der(0x30, oid(plainData), der(0xa0, der(0x04, deflateSync(entity)))))),
    ),
  ],
];

describe('a CMS object', () => {
  it.each(opened)('%s is opened', (_name, object) => {
    expect(cmsContent(object)).toEqual({ opened: entity });
  });

  it.each(opened)('%s is opened where it came as base64 under another label', (_name, object) => {
    const lines = object.toString('base64').replace(/(.{64})/g, '$1\r\n');
    expect(cmsContent(Buffer.from(lines))).toEqual({ opened: entity });
    expect(cmsContent(Buffer.from(`-----BEGIN PKCS7-----\r\n${lines}\r\n-----END PKCS7-----\r\n`))).toEqual({
      opened: entity,
    });
  });

  it.each([enveloped, authEnveloped])('that is encrypted (%s) stays closed, and says so', (type) => {
    expect(cmsContent(der(0x30, oid(type), der(0xa0, der(0x30, version))))).toBe('encrypted');
  });

  it('that only carries certificates or a detached signature holds nothing', () => {
    const detached = der(0x30, oid(signed), der(0xa0, der(0x30, version, der(0x31), der(0x30, oid(plainData)))));
    expect(cmsContent(detached)).toBeNull();
  });

  it('that is cut or damaged anywhere is no fault', () => {
    for (const [, object] of opened)
      for (let at = 0; at < object.length; at += 7) {
        expect(() => cmsContent(object.subarray(0, at))).not.toThrow();
        const damaged = Buffer.from(object);
        damaged[at] = (damaged[at] ?? 0) ^ 0xff;
        expect(() => cmsContent(damaged)).not.toThrow();
      }
  });

  it('of nested lengths without end costs no more than its size', () => {
    const nested = Buffer.from('3080'.repeat(100_000), 'hex');
    const many = ber(0x30, oid(signed), ...Array.from({ length: 50_000 }, () => ber(0x30)));
    for (const object of [nested, many]) expect(leastCpuMsOf(() => cmsContent(object), 500)).toBeLessThan(500);
  });
});
