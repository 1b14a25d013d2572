// Secrets are opened once, each for its own endpoint alone, and at most the given number is kept.
import { randomUUID } from 'node:crypto';
import { newWebhookSecret, sealSecret } from '#webhooks';
import { signedHeaders } from './webhook-body';
import { Signers } from './signers';

const secrets = { current: 'a secret of the tests, long enough for production' };
const sealed = () => {
  const [endpointId, secret] = [randomUUID(), newWebhookSecret()];
  return { endpointId, secret, sealed: sealSecret(secrets, endpointId, secret) };
};

it('signs with the secret that was sealed, and opens it once', () => {
  const signers = new Signers(secrets);
  const one = sealed();
  const signer = signers.of(one.endpointId, one.sealed);
  expect(signers.of(one.endpointId, one.sealed)).toBe(signer);
  const headers = signedHeaders('msg', new Date(), '{}', [signer]);
  expect(signer.verify('{}', headers)).toEqual({});
  const other = sealed();
  expect(() => signers.of(other.endpointId, other.sealed).verify('{}', headers)).toThrow('No matching signature');
});

it('never opens a secret in the name of another endpoint, though it is kept', () => {
  const signers = new Signers(secrets);
  const one = sealed();
  signers.of(one.endpointId, one.sealed);
  expect(() => signers.of(randomUUID(), one.sealed)).toThrow();
});

it('keeps at most the given number, and drops the oldest', () => {
  const signers = new Signers(secrets, 2);
  const [a, b, c] = [sealed(), sealed(), sealed()];
  const first = signers.of(a.endpointId, a.sealed);
  const second = signers.of(b.endpointId, b.sealed);
  signers.of(c.endpointId, c.sealed);
  expect(signers.of(b.endpointId, b.sealed)).toBe(second);
  expect(signers.of(a.endpointId, a.sealed)).not.toBe(first);
});
