// One calendar reply and one sentence in every wrapping that signing programs, gateways and lost labels put around them.
// Read by interpret.wrapped.spec.ts; all texts are our own.
import { closedObject, signedObject } from '../../../../../libs/mime/src/cms.fixture';
import { guest, type Headers, mail, multipart, organizer, part } from './mail-text.fixture';

export const uid = '5f0c7a52-9d1e-4c1b-8f57-2f6f0d4f6a11@meet.example';
export const sentence = 'Could we do it at 3pm tomorrow instead?';
const reply = [
  'BEGIN:VCALENDAR',
  'METHOD:REPLY',
  'BEGIN:VEVENT',
  `UID:${uid}`,
  'DTSTAMP:20261127T081500Z',
  'DTSTART:20261210T100000Z',
  `ATTENDEE;PARTSTAT=DECLINED;CN=Gil:mailto:${guest}`,
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');

const contents = {
  calendar: { type: 'text/calendar; charset=utf-8; method=REPLY', text: reply },
  words: { type: 'text/plain; charset=utf-8', text: sentence },
};
export type Content = keyof typeof contents;

const from: Headers = [
  ['From', `Gil Guest <${guest}>`],
  ['To', organizer],
  ['Subject', 'Re: Practice Session'],
  ['Date', 'Fri, 27 Nov 2026 09:15:00 +0100'],
  ['In-Reply-To', `<${uid}>`],
  ['MIME-Version', '1.0'],
];
const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/(.{76})/g, '$1\n');
const labelled = (type: string, body: string, label: string | null): Buffer =>
  mail(
    [
      ...from,
      ['Content-Type', type],
      ...(label === null ? [] : [['Content-Transfer-Encoding', label] as [string, string]]),
    ],
    body,
  );

const entity = (content: Content): Buffer =>
  Buffer.from(`Content-Type: ${contents[content].type}\r\n\r\n${contents[content].text}\r\n`);
const cmsTypes = [
  'application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"',
  'application/x-pkcs7-mime; smime-type=signed-data; name=smime.p7m',
  'application/pkcs7-mime; name="smime.p7m"',
  'application/octet-stream; name="smime.p7m"',
];
const detached = (signature: string, protocol: string, content: Content): Buffer => {
  const { type, body } = multipart(`signed; protocol="${protocol}"; micalg=sha-256`, [
    part(contents[content].type, contents[content].text),
    part(`${protocol}; name="${signature}"`, 'AAAA', [['Content-Transfer-Encoding', 'base64']]),
  ]);
  return mail([...from, ['Content-Type', type]], body);
};

/** Every wrapping with the mail it makes of a content. */
export const wrappings: [name: string, wrap: (content: Content) => Buffer][] = [
  ...cmsTypes.map((type): [string, (content: Content) => Buffer] => [
    `S/MIME, ${type}`,
    (content) => labelled(type, base64(signedObject(entity(content))), 'base64'),
  ]),
  ['S/MIME labelled 7bit', (content) => labelled(cmsTypes[0] ?? '', base64(signedObject(entity(content))), '7bit')],
  [
    'S/MIME within S/MIME',
    (content) => {
      const inner = `Content-Type: ${cmsTypes[0]}\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
      const once = Buffer.from(inner + base64(signedObject(entity(content))));
      return labelled(cmsTypes[1] ?? '', base64(signedObject(once)), 'base64');
    },
  ],
  [
    'S/MIME below the note of a gateway',
    (content) => {
      const { type, body } = multipart('mixed', [
        part(cmsTypes[0] ?? '', base64(signedObject(entity(content))), [['Content-Transfer-Encoding', 'base64']]),
      ]);
      return mail([...from, ['Content-Type', type]], body);
    },
  ],
  ['a detached S/MIME signature', (content) => detached('smime.p7s', 'application/pkcs7-signature', content)],
  ['PGP/MIME', (content) => detached('signature.asc', 'application/pgp-signature', content)],
  ...['7bit', null].map((label): [string, (content: Content) => Buffer] => [
    `base64 under the label ${label}`,
    (content) => labelled(contents[content].type, base64(Buffer.from(contents[content].text)), label),
  ]),
  ...['base64', 'quoted-printable'].map((label): [string, (content: Content) => Buffer] => [
    `plain text under the label ${label}`,
    (content) => labelled(contents[content].type, contents[content].text, label),
  ]),
  [
    'base64 twice',
    (content) =>
      labelled(contents[content].type, base64(Buffer.from(base64(Buffer.from(contents[content].text)))), 'base64'),
  ],
];

const pgp = multipart('encrypted; protocol="application/pgp-encrypted"', [
  part('application/pgp-encrypted', 'Version: 1'),
  part(
    'application/octet-stream; name=encrypted.asc',
    '-----BEGIN PGP MESSAGE-----\n\nwy4E\n-----END PGP MESSAGE-----',
  ),
]);
/** Mails that only the holder of a key can read. */
export const encryptedMails: [name: string, raw: Buffer][] = [
  ...['application/pkcs7-mime; smime-type=enveloped-data', 'application/octet-stream; name=smime.p7m'].map(
    (type): [string, Buffer] => [type, labelled(type, base64(closedObject()), 'base64')],
  ),
  ['PGP/MIME', mail([...from, ['Content-Type', pgp.type]], pgp.body)],
  [
    'OpenPGP in the text',
    labelled('text/plain', '-----BEGIN PGP MESSAGE-----\n\nwy4E\n=abcd\n-----END PGP MESSAGE-----', '7bit'),
  ],
];
