// Writes CMS objects (RFC 5652) with as much in them as our reader looks at. Used by the specs of S/MIME.

/** DER: a tag, the length in its shortest form, the content. */
export const der = (tag: number, ...content: Buffer[]): Buffer => {
  const body = Buffer.concat(content);
  const length =
    body.length < 0x80 ? Buffer.from([body.length]) : Buffer.from([0x82, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
};

/** BER of indefinite length, as signers write that stream. */
export const ber = (tag: number, ...content: Buffer[]): Buffer =>
  Buffer.concat([Buffer.from([tag, 0x80]), ...content, Buffer.from([0, 0])]);

export const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
export const plainData = '2a864886f70d010701';
export const signed = '2a864886f70d010702';
export const enveloped = '2a864886f70d010703';
export const authEnveloped = '2a864886f70d0109100117';
export const compressed = '2a864886f70d0109100109';
export const version = der(0x02, Buffer.from([1]));

/** SignedData around a MIME entity, without signers: what a reader sees who checks no signature. */
export const signedObject = (entity: Buffer): Buffer =>
  der(
    0x30,
    oid(signed),
    der(0xa0, der(0x30, version, der(0x31), der(0x30, oid(plainData), der(0xa0, der(0x04, entity))))),
  );

/** EnvelopedData or AuthEnvelopedData that nobody can open. */
export const closedObject = (type = enveloped): Buffer => der(0x30, oid(type), der(0xa0, der(0x30, version)));
