// The mail providers' own routes on a real database: their formats, their signatures on raw bytes, their repetitions,
// and what makes each retry or stop.
// A function replaces Amazon's certificate host; everything else is as in production.
import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createHttpApp } from '#service';
import { Database } from '#persistence';
import { ImipIngestorModule } from '../../../apps/imip-ingestor/src/app.module';
import { openMail } from '#sealing';
import { inThisThread } from '../../../apps/imip-ingestor/src/inbox/read-whole';
import { providersOf } from '../../../apps/imip-ingestor/src/ways-in/providers';
import { testCertificate } from '../../support/certificate';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { eventually } from '../../support/eventually';

const secret = 'a-secret-of-at-least-thirty-two-characters';
const topic = 'arn:aws:sns:eu-west-1:123456789012:inbound-mail';
const sendgridKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const settings = {
  ORGANIZER_EMAIL: 'scheduling@meet.example',
  INBOUND_TOKEN: secret,
  TOKEN_SECRET: secret,
  INBOUND_TRUST: 'lenient',
  SES_TOPIC_ARNS: topic,
  MAILGUN_SIGNING_KEY: 'key-mailgun',
  POSTMARK_WEBHOOK_AUTH: 'post:mark',
  SENDGRID_WEBHOOK_AUTH: 'send:grid',
} as const;
const certificate = testCertificate();
const stranger = testCertificate();
const outdated = testCertificate(new Date(Date.now() - 1_000));

/** The requests to other hosts, and their responses. */
const fetched: string[] = [];
let world: (url: string) => string | Error = (url) =>
  url.endsWith('/stranger.pem') ? stranger.pem : url.endsWith('/outdated.pem') ? outdated.pem : certificate.pem;
const fetchStub = (url: string): Promise<{ ok: boolean; text(): Promise<string> }> => {
  fetched.push(url);
  const answer = world(url);
  return answer instanceof Error
    ? Promise.reject(answer)
    : Promise.resolve({ ok: true, text: () => Promise.resolve(answer) });
};

let fresh: FreshDatabase;
let app: NestFastifyApplication;
let url: string;

const start = async (
  database: Database,
  over: Partial<Record<keyof typeof settings | 'SENDGRID_WEBHOOK_PUBLIC_KEY', string | undefined>> = {},
): Promise<NestFastifyApplication> => {
  const used = { ...settings, ...over } as typeof settings;
  const providers = providersOf(used, fetchStub);
  const module = ImipIngestorModule.with({
    settings: used,
    database,
    logger: pino({ level: 'silent' }),
    providers,
    readings: inThisThread,
  });
  const started = await createHttpApp({ imports: [module], checks: [], logger: pino({ level: 'silent' }) });
  await started.listen(0, '127.0.0.1');
  return started;
};

beforeAll(async () => {
  fresh = await freshDatabase();
  app = await start(fresh.db);
  url = await app.getUrl();
});
afterAll(async () => {
  await app.close();
  await fresh.drop();
});

interface SentRequest {
  body: string | Buffer | FormData | URLSearchParams;
  headers?: Record<string, string>;
}
const post = async (
  path: string,
  { body, headers = {} }: SentRequest,
  to = url,
): Promise<{ status: number; body: { id?: string; code?: string } }> => {
  const response = await fetch(`${to}${path}`, {
    method: 'POST',
    body: Buffer.isBuffer(body) ? new Uint8Array(body) : body,
    headers,
  });
  return { status: response.status, body: (await response.json()) as { id?: string; code?: string } };
};
const inbound = (provider: string, sent: SentRequest, to = url) => post(`/api/imip/inbound/${provider}`, sent, to);

interface Row {
  way_in: string;
  envelope_from: string | null;
  envelope_to: string | null;
  authentication: string | null;
  state: string;
  why: string | null;
}
const stored = async (id: string | undefined): Promise<Row & { raw: Buffer }> => {
  const [row] = await fresh.db.query<Row & { key_id: string; sealed: Buffer }>(
    `select way_in, envelope_from, envelope_to, authentication, state, why, key_id, sealed from imip_messages
        join raw_mails using (id) where id = $1`,
    [id],
  );
  if (!row) throw new Error('not stored');
  const { key_id: keyId, sealed, ...rest } = row;
  return { ...rest, raw: openMail({ current: secret }, id ?? '', { keyId, sealed }) };
};
const count = async (): Promise<number> =>
  Number((await fresh.db.query<{ mails: string }>('select count(*) as mails from raw_mails'))[0]?.mails);

/** Bytes that no text survives: an unlabelled 8-bit mail. */
const mail = (): Buffer =>
  Buffer.concat([
    Buffer.from(`From: gil@guest.example\r\nMessage-ID: <${randomUUID()}@guest.example>\r\nSubject: Gr`),
    Buffer.from([0xfc, 0xdf]),
    Buffer.from('e\r\n\r\nHi\r\n--bound\r\n'),
  ]);
const textMail = (): Buffer =>
  Buffer.from(`From: gil@guest.example\r\nMessage-ID: <${randomUUID()}@guest.example>\r\n\r\nGrüße\r\n`);

describe('a provider', () => {
  it.each(['ses', 'mailgun', 'postmark', 'sendgrid', 'pigeon'])(
    'that is not set up has no route: %s',
    async (provider) => {
      const off = {
        SES_TOPIC_ARNS: undefined,
        MAILGUN_SIGNING_KEY: undefined,
        POSTMARK_WEBHOOK_AUTH: undefined,
        SENDGRID_WEBHOOK_AUTH: undefined,
      };
      const bare = await start(fresh.db, off);
      try {
        expect(await inbound(provider, { body: '{}' }, await bare.getUrl())).toMatchObject({
          status: 404,
          body: { code: 'not-found' },
        });
        expect((await post(`/api/hooks/email-status/${provider}`, { body: '{}' }, await bare.getUrl())).status).toBe(
          404,
        );
      } finally {
        await bare.close();
      }
    },
  );

  it('is asked to try again when nothing could be stored', async () => {
    const nowhere = new Database({ url: 'postgres://postgres@127.0.0.1:1/none', applicationName: 'test' });
    const broken = await start(nowhere);
    try {
      const to = await broken.getUrl();
      expect((await inbound('ses', sns({ message: received(mail()) }), to)).status).toBe(503);
      expect((await inbound('mailgun', mailgun(mail()), to)).status).toBe(503);
      expect((await inbound('postmark', postmark(textMail()), to)).status).toBe(503);
      expect((await inbound('sendgrid', sendgrid(mail()), to)).status).toBe(503);
    } finally {
      await broken.close();
      await nowhere.close();
    }
  });
});

function canonical(fields: Record<string, string>): string {
  const names =
    fields['Type'] === 'Notification'
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  return names
    .filter((name) => fields[name] !== undefined)
    .map((name) => `${name}\n${fields[name]}\n`)
    .join('');
}

function sns({
  message = {},
  version = '2',
  key = certificate.key,
  over = {},
  after = {},
}: {
  message?: unknown;
  version?: '1' | '2';
  key?: typeof certificate.key;
  over?: Record<string, string>;
  after?: Record<string, string>;
}): SentRequest {
  const fields: Record<string, string> = {
    Type: 'Notification',
    MessageId: randomUUID(),
    TopicArn: topic,
    Subject: 'Amazon SES Email Receipt Notification',
    Message: JSON.stringify(message),
    Timestamp: new Date().toISOString(),
    SignatureVersion: version,
    SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem',
    ...over,
  };
  const signature = sign(version === '1' ? 'sha1' : 'sha256', Buffer.from(canonical(fields)), key).toString('base64');
  return {
    body: JSON.stringify({ ...fields, Signature: signature, ...after }),
    headers: { 'content-type': 'text/plain; charset=UTF-8', 'x-amz-sns-message-type': 'Notification' },
  };
}

const received = (raw: Buffer, over: Record<string, unknown> = {}) => ({
  notificationType: 'Received',
  mail: { source: 'gil@guest.example', messageId: 'ses-1' },
  receipt: {
    recipients: ['scheduling+tag@meet.example'],
    dmarcVerdict: { status: 'PASS' },
    action: { type: 'SNS', encoding: 'BASE64' },
  },
  content: raw.toString('base64'),
  ...over,
});

describe('Amazon SES', () => {
  it.each(['1', '2'] as const)(
    'delivers a mail under signature version %s, byte for byte, with its envelope and its verdict',
    async (version) => {
      const raw = mail();
      const { status, body } = await inbound('ses', sns({ message: received(raw), version }));
      expect(status).toBe(200);
      expect(await stored(body.id)).toMatchObject({
        way_in: 'ses',
        envelope_from: 'gil@guest.example',
        envelope_to: 'scheduling+tag@meet.example',
        authentication: 'way-in.invalid; dmarc=pass header.from=guest.example',
        raw,
      });
    },
  );

  it('is stored once however often it repeats a message, two at a time as well', async () => {
    const sent = sns({ message: received(mail()) });
    const before = await count();
    const answers = await Promise.all([inbound('ses', sent), inbound('ses', sent), inbound('ses', sent)]);
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect(await count()).toBe(before + 1);
  });

  it.each<[string, () => SentRequest, string]>([
    ['a changed message', () => sns({ message: received(mail()), after: { Message: '{}' } }), 'bad-signature'],
    ['a stranger’s key', () => sns({ message: received(mail()), key: stranger.key }), 'bad-signature'],
    [
      'another topic, however well signed',
      () => sns({ over: { TopicArn: 'arn:aws:sns:eu-west-1:999999999999:mine' } }),
      'foreign-topic',
    ],
    [
      'a certificate of another host',
      () => sns({ over: { SigningCertURL: 'https://sns.eu-west-1.amazonaws.com.evil.example/x.pem' } }),
      'foreign-address',
    ],
    [
      'a certificate of another service',
      () => sns({ over: { SigningCertURL: 'https://s3.amazonaws.com/evil/x.pem' } }),
      'foreign-address',
    ],
    [
      'a certificate over http',
      () => sns({ over: { SigningCertURL: 'http://sns.eu-west-1.amazonaws.com/x.pem' } }),
      'foreign-address',
    ],
    [
      'a certificate on another port',
      () => sns({ over: { SigningCertURL: 'https://sns.eu-west-1.amazonaws.com:8443/x.pem' } }),
      'foreign-address',
    ],
    [
      'a user in the address',
      () => sns({ over: { SigningCertURL: 'https://sns.eu-west-1.amazonaws.com@evil.example/x.pem' } }),
      'foreign-address',
    ],
    [
      'a certificate that has run out',
      () => sns({ key: outdated.key, over: { SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/outdated.pem' } }),
      'bad-certificate',
    ],
    ['an unknown signature version', () => sns({ after: { SignatureVersion: '3' } }), 'bad-signature'],
    ['raw message delivery', () => ({ body: JSON.stringify(received(mail())) }), 'not-an-sns-message'],
  ])('is refused for good with %s', async (_what, make, code) => {
    const before = await count();
    expect(await inbound('ses', make())).toMatchObject({ status: 403, body: { code } });
    expect(await count()).toBe(before);
  });

  it('sends no request to any host but SNS', () => {
    expect(fetched.length).toBeGreaterThan(0);
    for (const each of fetched) expect(new URL(each).hostname).toMatch(/^sns\.[a-z0-9-]+\.amazonaws\.com$/);
  });

  it('is asked to try again when its certificate cannot be fetched', async () => {
    const before = world;
    world = () => new Error('down');
    const answer = await inbound(
      'ses',
      sns({ message: received(mail()), over: { SigningCertURL: 'https://sns.us-east-1.amazonaws.com/other.pem' } }),
    );
    world = before;
    expect(answer).toMatchObject({ status: 503 });
  });

  const handshake = (over: Record<string, string> = {}): SentRequest =>
    sns({
      over: {
        Type: 'SubscriptionConfirmation',
        Token: 'token',
        SubscribeURL: `https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topic}&Token=token`,
        Message: 'You have chosen to subscribe.',
        ...over,
      },
    });

  it('gets its subscription confirmed, at its own address only', async () => {
    fetched.length = 0;
    expect((await inbound('ses', handshake())).status).toBe(200);
    expect(fetched.filter((each) => each.includes('Action=ConfirmSubscription'))).toHaveLength(1);
    fetched.length = 0;
    expect((await inbound('ses', handshake({ SubscribeURL: 'https://169.254.169.254/latest/meta-data' }))).status).toBe(
      403,
    );
    expect((await inbound('ses', handshake({ TopicArn: 'arn:aws:sns:eu-west-1:1:x' }))).status).toBe(403);
    expect(fetched.filter((each) => !each.endsWith('.pem'))).toEqual([]);
  });

  it('without the mail in the notification is kept for a person', async () => {
    const { content: _content, ...notice } = received(mail());
    const { status, body } = await inbound('ses', sns({ message: notice }));
    expect(status).toBe(200);
    expect(await stored(body.id)).toMatchObject({
      state: 'quarantined',
      why: expect.stringMatching(/^no-content/) as unknown,
    });
  });
});

const mailgunSignature = (timestamp: number, token: string, key = 'key-mailgun') => ({
  timestamp: String(timestamp),
  token,
  signature: createHmac('sha256', key).update(`${timestamp}${token}`).digest('hex'),
});
const now = (): number => Math.floor(Date.now() / 1_000);

function mailgun(
  raw: Buffer | null,
  over: { timestamp?: number; token?: string; key?: string; recipient?: string } = {},
): SentRequest {
  const body = new FormData();
  for (const [name, value] of Object.entries(
    mailgunSignature(over.timestamp ?? now(), over.token ?? randomUUID(), over.key),
  ))
    body.append(name, value);
  body.append('recipient', over.recipient ?? 'scheduling+tag@meet.example');
  body.append('sender', 'gil@guest.example');
  if (raw !== null) body.append('body-mime', new Blob([new Uint8Array(raw)]));
  return { body };
}

describe('Mailgun', () => {
  it('delivers a mail by either kind of form, byte for byte', async () => {
    const raw = mail();
    const { body } = await inbound('mailgun/mime', mailgun(raw));
    expect(await stored(body.id)).toMatchObject({
      way_in: 'mailgun',
      envelope_from: 'gil@guest.example',
      envelope_to: 'scheduling+tag@meet.example',
      raw,
    });
    const percent = [...raw].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    const fields = { ...mailgunSignature(now(), randomUUID()), recipient: 'x@y.example', sender: '' };
    const form = `${new URLSearchParams(fields).toString()}&body-mime=${percent}`;
    const urlencoded = await inbound('mailgun', {
      body: form,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(await stored(urlencoded.body.id)).toMatchObject({ envelope_from: '', raw });
  });

  it('is stored once for one token', async () => {
    const token = randomUUID();
    const [raw, before] = [mail(), await count()];
    const first = await inbound('mailgun', mailgun(raw, { token }));
    expect(await inbound('mailgun', mailgun(raw, { token }))).toEqual(first);
    expect(await count()).toBe(before + 1);
  });

  it('is stored once for one content, also where a repeat is signed anew; another recipient is another delivery', async () => {
    const [raw, before] = [mail(), await count()];
    const first = await inbound('mailgun', mailgun(raw));
    const token = randomUUID();
    expect(await inbound('mailgun', mailgun(raw, { token }))).toEqual(first);
    // The token of a known repeat is known as well.
    expect(await inbound('mailgun', mailgun(mail(), { token }))).toEqual(first);
    expect(await count()).toBe(before + 1);
    expect((await inbound('mailgun', mailgun(raw, { recipient: 'other@meet.example' }))).body).not.toEqual(first.body);
    expect(await count()).toBe(before + 2);
  });

  it('is stored once however many of its repeats come at a time', async () => {
    const [raw, before] = [mail(), await count()];
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        inbound('mailgun', mailgun(raw, i % 2 === 0 ? { token: 'one of them' } : {})),
      ),
    );
    expect(all.map(({ status }) => status)).toEqual(all.map(() => 200));
    expect(await count()).toBe(before + 1);
  });

  const hours = 3_600;
  it.each([310, 1 * hours, 4 * hours, 8 * hours, 20 * hours, -400, -2 * hours])(
    'is accepted under a signature that is %i s old: its repeats carry the first one, and clocks differ',
    async (age) => {
      const sent = { timestamp: now() - age, token: randomUUID() };
      const [raw, before] = [mail(), await count()];
      const first = await inbound('mailgun', mailgun(raw, sent));
      expect(first.status).toBe(200);
      expect(await inbound('mailgun', mailgun(raw, sent))).toEqual(first);
      expect(await count()).toBe(before + 1);
    },
  );

  it.each([30 * 24 * hours, -30 * 24 * hours])(
    'is asked to repeat what is %i s old, never refused for good',
    async (age) => {
      const { status, body } = await inbound('mailgun', mailgun(mail(), { timestamp: now() - age }));
      expect([status, body.code]).toEqual([503, 'stale-signature']);
    },
  );

  it('may fix a wrong key while it tries again', async () => {
    expect((await inbound('mailgun', mailgun(mail(), { key: 'other' }))).status).toBe(401);
    expect((await inbound('mailgun', mailgun(mail(), { key: 'other', timestamp: now() - 24 * hours }))).status).toBe(
      401,
    );
    expect((await inbound('mailgun', { body: 'not a form', headers: { 'content-type': 'text/plain' } })).status).toBe(
      401,
    );
  });

  it('drops a mail above the limit, and one without its bytes is kept for a person', async () => {
    expect((await inbound('mailgun', mailgun(Buffer.alloc(10 * 1024 * 1024 + 1, 'a')))).status).toBe(406);
    expect((await inbound('mailgun', mailgun(Buffer.alloc(17 * 1024 * 1024, 'a')))).status).toBe(406);
    const { status, body } = await inbound('mailgun', mailgun(null));
    expect(status).toBe(200);
    expect((await stored(body.id)).state).toBe('quarantined');
  });
});

const basic = (pair: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
});
const postmark = (raw: Buffer | null, over: Record<string, unknown> = {}, pair = 'post:mark'): SentRequest => ({
  body: JSON.stringify({
    MessageID: randomUUID(),
    OriginalRecipient: 'scheduling+tag@meet.example',
    ...(raw ? { RawEmail: raw.toString() } : {}),
    ...over,
  }),
  headers: { 'content-type': 'application/json', ...basic(pair) },
});

describe('Postmark', () => {
  it('delivers the raw mail, once', async () => {
    const [raw, sent] = [textMail(), { MessageID: randomUUID() }];
    const first = await inbound('postmark', postmark(raw, sent));
    expect(await stored(first.body.id)).toMatchObject({
      way_in: 'postmark',
      envelope_to: 'scheduling+tag@meet.example',
      raw,
    });
    expect(await inbound('postmark', postmark(raw, sent))).toEqual(first);
    const [one, another] = [
      await inbound('postmark', postmark(textMail(), { MessageID: '' })),
      await inbound('postmark', postmark(Buffer.from('From: a@b.example\r\n\r\nanother'), { MessageID: '' })),
    ];
    expect(another.body.id).not.toBe(one.body.id);
  });

  it('is refused without its password, and stops with what can never be read', async () => {
    expect((await inbound('postmark', postmark(textMail(), {}, 'post:markx'))).status).toBe(401);
    expect((await inbound('postmark', { body: '{', headers: basic('post:mark') })).status).toBe(403);
    expect((await inbound('postmark', postmark(Buffer.alloc(11 * 1024 * 1024, 'a')))).status).toBe(403);
    const { status, body } = await inbound('postmark', postmark(null));
    expect([status, (await stored(body.id)).state]).toEqual([200, 'quarantined']);
  });
});

function sendgrid(raw: Buffer | null, headers: Record<string, string> = basic('send:grid')): SentRequest {
  const body = new FormData();
  body.append('envelope', JSON.stringify({ to: ['scheduling+tag@meet.example'], from: 'gil@guest.example' }));
  body.append('dkim', '{@guest.example : pass}');
  body.append('SPF', 'softfail');
  if (raw !== null) body.append('email', new Blob([new Uint8Array(raw)]));
  return { body, headers };
}

describe('SendGrid', () => {
  it('delivers the raw mail with its envelope and verdicts, once', async () => {
    const raw = mail();
    const first = await inbound('sendgrid', sendgrid(raw));
    expect(await stored(first.body.id)).toMatchObject({
      way_in: 'sendgrid',
      envelope_from: 'gil@guest.example',
      envelope_to: 'scheduling+tag@meet.example',
      raw,
      authentication: 'way-in.invalid; dkim=pass header.d=guest.example; spf=softfail smtp.mailfrom=gil@guest.example',
    });
    expect(await inbound('sendgrid', sendgrid(raw))).toEqual(first);
    expect((await inbound('sendgrid', sendgrid(raw, basic('send:gridx')))).status).toBe(401);
  });

  it('with a public key is believed by its signature over timestamp and raw body', async () => {
    const publicKey = sendgridKey.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    const signed = await start(fresh.db, { SENDGRID_WEBHOOK_PUBLIC_KEY: publicKey });
    try {
      const to = await signed.getUrl();
      const form = new Response(sendgrid(mail()).body as FormData);
      const [body, type] = [Buffer.from(await form.arrayBuffer()), form.headers.get('content-type') ?? ''];
      const headersFor = (timestamp: number, bytes: Buffer): Record<string, string> => ({
        'content-type': type,
        'x-twilio-email-event-webhook-timestamp': String(timestamp),
        'x-twilio-email-event-webhook-signature': sign(
          'sha256',
          Buffer.concat([Buffer.from(String(timestamp)), bytes]),
          sendgridKey.privateKey,
        ).toString('base64'),
      });
      expect((await inbound('sendgrid', { body, headers: headersFor(now(), body) }, to)).status).toBe(200);
      expect(
        (
          await inbound(
            'sendgrid',
            { body: Buffer.concat([body, Buffer.from(' ')]), headers: headersFor(now(), body) },
            to,
          )
        ).status,
      ).toBe(401);
      const days = 24 * 3_600;
      for (const age of [310, 1 * days, 3 * days, -400])
        expect((await inbound('sendgrid', { body, headers: headersFor(now() - age, body) }, to)).status).toBe(200);
      expect((await inbound('sendgrid', { body, headers: headersFor(now() - 30 * days, body) }, to)).status).toBe(503);
      expect(
        (await inbound('sendgrid', { body, headers: { 'content-type': type, ...basic('send:grid') } }, to)).status,
      ).toBe(401);
    } finally {
      await signed.close();
    }
  });
});

describe('delivery events', () => {
  interface DeliveryStates {
    kind: string;
    status: string | null;
    messageId: string | null;
  }
  const deliveryStates = async (letter: { roomId: string }): Promise<DeliveryStates[]> =>
    (
      await fresh.db.query<{ envelope: { name: string; data: DeliveryStates } }>(
        `select envelope from outbox where envelope -> 'data' ->> 'roomId' = $1 order by position`,
        [letter.roomId],
      )
    ).map(({ envelope: { data } }) => ({ kind: data.kind, status: data.status, messageId: data.messageId }));

  /** A letter that has left, as the sender's ledger contains it. */
  async function letter(): Promise<{ roomId: string; id: string; email: string }> {
    const [roomId, invitationId, id] = [randomUUID(), randomUUID(), randomUUID()];
    const email = `g-${id.slice(0, 8)}@guest.example`;
    await fresh.db.query(
      `insert into practice_rooms (id, ics_uid, start_utc, end_utc)
        values ($1::uuid, $1::uuid || '@meet.example', now() + interval '1 day', now() + interval '2 days')`,
      [roomId],
    );
    await fresh.db.query(
      `insert into invitations (id, room_id, uid, attendee_email, attendee_role, person_key)
        values ($1, $2::uuid, $2::uuid || '@meet.example', $3, 'guest', $3)`,
      [invitationId, roomId, email],
    );
    await fresh.db.query(
      `insert into letters (id, uid, sequence, attendee_email, method, kind, room_id, invitation_id, role, content,
        state, attempts, claimed_at, message_id, correlation_id, event_id)
       values ($1, $2::uuid || '@meet.example', 0, $3, 'REQUEST', 'invite', $2::uuid, $4, 'guest', '{}', 'sent', 1,
         now(), $5, 'c', $1)`,
      [id, roomId, email, invitationId, `<${id}@meet.example>`],
    );
    return { roomId, id: `${id}@meet.example`, email };
  }
  const hook = (provider: string, sent: SentRequest) => post(`/api/hooks/email-status/${provider}`, sent);

  it('of SES are understood, by our Message-ID although SES has put its own in its place', async () => {
    const sent = await letter();
    const about = {
      messageId: 'ses-id',
      headers: [
        { name: 'Message-ID', value: '<ses@amazonses.com>' },
        { name: 'References', value: `<${sent.id}>` },
      ],
    };
    const bounce = {
      eventType: 'Bounce',
      mail: about,
      bounce: {
        feedbackId: randomUUID(),
        bounceType: 'Permanent',
        bouncedRecipients: [
          { emailAddress: sent.email, status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' },
        ],
      },
    };
    const soft = {
      notificationType: 'Bounce',
      mail: about,
      bounce: {
        feedbackId: randomUUID(),
        bounceType: 'Transient',
        bouncedRecipients: [{ emailAddress: sent.email, status: '5.2.2' }],
      },
    };
    const delivery = {
      eventType: 'Delivery',
      mail: about,
      delivery: { timestamp: 't', recipients: [sent.email], smtpResponse: '250 2.0.0 OK' },
    };
    const delay = {
      eventType: 'DeliveryDelay',
      mail: about,
      deliveryDelay: { timestamp: 't', delayedRecipients: [{ emailAddress: sent.email, status: '4.4.1' }] },
    };
    const complaint = {
      eventType: 'Complaint',
      mail: about,
      complaint: { feedbackId: randomUUID(), complainedRecipients: [{ emailAddress: sent.email }] },
    };
    for (const message of [delay, delivery, bounce, bounce, soft, complaint, { eventType: 'Open', mail: about }])
      expect((await hook('ses', sns({ message }))).status).toBe(200);
    expect((await deliveryStates(sent)).map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'delayed 4.4.1',
      'delivered 2.0.0',
      'hard 5.1.1',
      'soft 5.2.2',
      'complained null',
    ]);
    expect((await hook('ses', sns({ message: bounce, key: stranger.key }))).status).toBe(403);
  });

  it('of Mailgun are understood', async () => {
    const sent = await letter();
    const event = (data: Record<string, unknown>, key?: string, age = 0): SentRequest => ({
      body: JSON.stringify({
        signature: mailgunSignature(now() - age, randomUUID(), key),
        'event-data': {
          id: randomUUID(),
          recipient: sent.email,
          message: { headers: { 'message-id': sent.id } },
          ...data,
        },
      }),
    });
    await hook(
      'mailgun',
      event({ event: 'failed', severity: 'temporary', 'delivery-status': { code: 421, message: '4.7.0 try later' } }),
    );
    await hook('mailgun', event({ event: 'delivered', 'delivery-status': { code: 250 } }));
    await hook(
      'mailgun',
      event({
        event: 'failed',
        severity: 'permanent',
        'delivery-status': { code: 550, message: '5.1.1 no such user' },
      }),
    );
    await hook('mailgun', event({ event: 'opened' }));
    expect((await deliveryStates(sent)).map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'delayed 4.7.0',
      'delivered 250',
      'hard 5.1.1',
    ]);
    expect((await hook('mailgun', event({ event: 'delivered' }, 'other'))).status).toBe(401);
    // Repeated for eight hours under the first signature, and each event once, also one without an id of its own.
    const late = event({ id: undefined, event: 'complained' }, undefined, 8 * 3_600);
    for (let repeat = 0; repeat < 3; repeat += 1) expect((await hook('mailgun', late)).status).toBe(200);
    expect((await deliveryStates(sent)).map(({ kind }) => kind)).toEqual([
      'delayed',
      'delivered',
      'hard',
      'complained',
    ]);
    expect((await hook('mailgun', event({ event: 'delivered' }, undefined, 30 * 24 * 3_600))).status).toBe(503);
  });

  it('of Postmark are understood, by the recipient, and its AutoResponder is no failure', async () => {
    const sent = await letter();
    const event = (data: Record<string, unknown>): SentRequest => ({
      body: JSON.stringify({ ID: Math.random() * 1e9, MessageID: randomUUID(), ...data }),
      headers: basic('post:mark'),
    });
    await hook('postmark', event({ RecordType: 'Bounce', Type: 'AutoResponder', TypeCode: 64, Email: sent.email }));
    await hook(
      'postmark',
      event({ RecordType: 'Bounce', Type: 'Transient', Email: sent.email, Details: 'smtp;451 4.3.0 later' }),
    );
    await hook('postmark', event({ RecordType: 'Delivery', Recipient: sent.email, Details: 'smtp;250 ok' }));
    await hook(
      'postmark',
      event({ RecordType: 'Bounce', Type: 'HardBounce', TypeCode: 1, Email: sent.email, Details: '' }),
    );
    await hook('postmark', event({ RecordType: 'SpamComplaint', Email: sent.email }));
    expect((await deliveryStates(sent)).map(({ kind }) => kind)).toEqual([
      'delayed',
      'delivered',
      'hard',
      'complained',
    ]);
    expect((await deliveryStates(sent))[0]?.messageId).toBe(`<${sent.id}>`);
  });

  it('of SendGrid are understood, many at a time and each once', async () => {
    const sent = await letter();
    const of = (data: Record<string, unknown>) => ({
      email: sent.email,
      'smtp-id': `<${sent.id}>`,
      sg_event_id: randomUUID(),
      ...data,
    });
    const events = [
      of({ event: 'processed' }),
      of({ event: 'deferred', response: '450 4.2.1 slow' }),
      of({ event: 'delivered', response: '250 OK' }),
      of({ event: 'bounce', type: 'blocked', status: '5.7.1', reason: '550 5.7.1 policy' }),
    ];
    for (let n = 0; n < 2; n++)
      expect((await hook('sendgrid', { body: JSON.stringify(events), headers: basic('send:grid') })).status).toBe(200);
    expect((await deliveryStates(sent)).map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'delayed 4.2.1',
      'delivered 250',
      'soft 5.7.1',
    ]);
  });

  it('shows what was counted', async () => {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/scheduling_bounces_total\{kind="hard"\} [1-9]/);
    await eventually(
      'the stored mails were read',
      async () => (await fresh.db.query(`select 1 from imip_messages where state = 'stored'`)).length === 0,
    );
  });
});
