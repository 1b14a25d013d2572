// What the doctor says about made-up domains: every state of every record, and the whole text with its exit code.
import { generateKeyPairSync } from 'node:crypto';
import { doctor } from './doctor';
import { checkMailDns, type MailResolver, type RecordFinding } from '#doctor';

const keyOf = (modulusLength: number) => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { p: publicKey.toString('base64'), pem: privateKey };
};
const strong = keyOf(2048);
const fine = {
  'meet.example': ['v=spf1 include:relay.example -all', 'some-other=verification'],
  'relay.example': ['v=spf1 ip4:192.0.2.0/24 ~all'],
  's1._domainkey.meet.example': [`v=DKIM1; k=rsa; p=${strong.p}`],
  '_dmarc.meet.example': ['v=DMARC1; p=quarantine; rua=mailto:dmarc@meet.example'],
};
const servers = [
  { exchange: 'mx2.meet.example', priority: 20 },
  { exchange: 'mx1.meet.example', priority: 10 },
];

/** A name server with these TXT records; long ones come in pieces, as they do. */
function zone(records: Record<string, string[]>, mx = servers): MailResolver {
  const none = (): Error => Object.assign(new Error('none'), { code: 'ENOTFOUND' });
  return {
    resolveTxt: (name) => {
      const found = records[name];
      return found ? Promise.resolve(found.map((text) => text.match(/.{1,255}/g) ?? [])) : Promise.reject(none());
    },
    resolveMx: (name) => (name === 'meet.example' && mx.length > 0 ? Promise.resolve(mx) : Promise.reject(none())),
  };
}

const look = async (
  record: RecordFinding['record'],
  resolver: MailResolver,
  privateKey?: string,
): Promise<RecordFinding | undefined> =>
  (await checkMailDns('meet.example', { selector: 's1', privateKey }, resolver)).find((each) => each.record === record);

it('a domain with everything is well', async () => {
  const findings = await checkMailDns('meet.example', { selector: 's1', privateKey: strong.pem }, zone(fine));
  expect(findings.map(({ record, state, advice }) => [record, state, advice])).toEqual([
    ['SPF', 'ok', null],
    ['DKIM', 'ok', null],
    ['DMARC', 'ok', null],
    ['MX', 'ok', null],
  ]);
  expect(findings[3]?.says).toBe('mx1.meet.example, mx2.meet.example');
});

it.each<[state: RecordFinding['state'], what: string, records: string[], more?: Record<string, string[]>]>([
  ['missing', 'none', []],
  ['missing', 'one of another version', ['v=spf10 -all']],
  ['broken', 'two', ['v=spf1 -all', 'v=spf1 ~all']],
  ['weak', 'no end', ['v=spf1 ip4:192.0.2.1']],
  ['weak', 'an end that lets everybody in', ['v=spf1 +all']],
  ['weak', 'a neutral end', ['v=spf1 mx ?all']],
  ['ok', 'a soft end', ['v=spf1 a mx ~all']],
  ['ok', 'a redirect', ['v=spf1 redirect=relay.example']],
  ['ok', 'ten look-ups', [`v=spf1 ${'a:x.example '.repeat(10)}-all`]],
  ['broken', 'eleven look-ups', [`v=spf1 ${'a:x.example '.repeat(11)}-all`]],
  [
    'broken',
    'look-ups that include one another',
    ['v=spf1 include:loop.example -all'],
    { 'loop.example': ['v=spf1 include:loop.example -all'] },
  ],
])('SPF is %s with %s', async (state, _what, records, more = {}) => {
  expect((await look('SPF', zone({ ...fine, ...more, 'meet.example': records })))?.state).toBe(state);
});

it.each<[state: RecordFinding['state'], what: string, records: string[], privateKey?: string]>([
  ['missing', 'no key', []],
  ['broken', 'a revoked key', ['v=DKIM1; p=']],
  ['broken', 'a key that is none', ['v=DKIM1; p=aGVsbG8=']],
  ['broken', 'a short key', [`v=DKIM1; p=${keyOf(768).p}`]],
  ['weak', 'a key of 1024 bits', [`v=DKIM1; p=${keyOf(1024).p}`]],
  ['weak', 'a test mark', [`v=DKIM1; t=y; p=${strong.p}`]],
  ['ok', 'a key without its version', [`p=${strong.p}`]],
  ['ok', 'an Ed25519 key', [`v=DKIM1; k=ed25519; p=${Buffer.alloc(32, 7).toString('base64')}`]],
  ['broken', 'a key that is not ours', [`v=DKIM1; p=${strong.p}`], keyOf(2048).pem.replaceAll('\n', '\\n')],
])('DKIM is %s with %s', async (state, _what, records, privateKey = undefined) => {
  expect((await look('DKIM', zone({ ...fine, 's1._domainkey.meet.example': records }), privateKey))?.state).toBe(state);
});

it('the advice on a missing key is the record of the key in use', async () => {
  expect((await look('DKIM', zone({}), strong.pem))?.advice).toBe(
    `Publish TXT s1._domainkey.meet.example: "v=DKIM1; k=rsa; p=${strong.p}"`,
  );
});

it.each<[state: RecordFinding['state'], what: string, records: Record<string, string[]>]>([
  ['missing', 'none', {}],
  ['broken', 'two', { '_dmarc.meet.example': ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] }],
  ['broken', 'no policy', { '_dmarc.meet.example': ['v=DMARC1; rua=mailto:a@b.example'] }],
  ['weak', 'a policy of none', { '_dmarc.meet.example': ['v=DMARC1; p=none'] }],
  ['ok', 'a strict one', { '_dmarc.meet.example': ['v=DMARC1; p=reject'] }],
])('DMARC is %s with %s', async (state, _what, records) => {
  expect((await look('DMARC', zone(records)))?.state).toBe(state);
});

it("a subdomain has its parent's policy for subdomains, and a top-level domain is not asked", async () => {
  const asked: string[] = [];
  const spy = (records: Record<string, string[]>): MailResolver => ({
    ...zone(records),
    resolveTxt: (name) => (asked.push(name), zone(records).resolveTxt(name)),
  });
  const [, , inherited] = await checkMailDns(
    'a.meet.example',
    { selector: 's1' },
    spy({ '_dmarc.meet.example': ['v=DMARC1; p=none; sp=reject'] }),
  );
  expect(inherited).toMatchObject({ state: 'ok', says: 'p=reject (from meet.example)' });
  await checkMailDns('a.meet.example', { selector: 's1' }, spy({}));
  expect(asked).not.toContain('_dmarc.example');
});

it('no MX, or a null one, means that no answer comes back', async () => {
  expect((await look('MX', zone(fine, [])))?.state).toBe('missing');
  expect((await look('MX', zone(fine, [{ exchange: '', priority: 0 }])))?.state).toBe('broken');
});

it('a name server that fails is not taken for a missing record', async () => {
  const failing: MailResolver = {
    ...zone(fine),
    resolveTxt: () => Promise.reject(Object.assign(new Error('slow'), { code: 'ETIMEOUT' })),
  };
  expect((await checkMailDns('meet.example', { selector: 's1' }, failing)).map((each) => each.state)).toEqual([
    'unknown',
    'unknown',
    'unknown',
    'ok',
  ]);
});

describe('npm run doctor -- --dns', () => {
  const run = (args: string[], records: Record<string, string[]>, env = {}) =>
    doctor({ args, env, resolver: zone(records) });

  it('says which are missing and what to publish, and ends with 1', async () => {
    const { code, text } = await run(['--dns', 'Meet.example', '--selector', 's1'], {
      'meet.example': fine['meet.example'],
      'relay.example': fine['relay.example'],
    });
    expect(code).toBe(1);
    expect(text.split('\n').map((line) => line.slice(0, 17).trimEnd())).toEqual(
      ['Meet.example', '  SPF   ok', '  DKIM  missing', '', '  DMARC missing', '', '  MX    ok'].map((line) =>
        expect.stringContaining(line.trim()),
      ),
    );
    expect(text).toContain('Publish TXT _dmarc.meet.example: "v=DMARC1; p=none');
  });

  it('ends with 0 when all is well, with the selector of the settings', async () => {
    expect((await run(['--dns', 'meet.example'], fine, { DKIM_SELECTOR: 's1' })).code).toBe(0);
  });

  it('ends with 2 when something could not be found out', async () => {
    const { code, text } = await run(['--dns', 'meet.example'], fine);
    expect([code, text]).toEqual([2, expect.stringContaining('Set DKIM_SELECTOR or say --selector NAME')]);
  });

  it.each([[['--dns']], [['--dns', 'not a domain']], [['--dns', 'x.example', '--selector']], [['--all']]])(
    '%j is answered with how to use it',
    async (args) => {
      expect(await run(args, fine)).toEqual({
        code: 2,
        text: expect.stringContaining('npm run doctor -- --dns DOMAIN'),
      });
    },
  );
});
