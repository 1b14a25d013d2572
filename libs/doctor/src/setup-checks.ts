// Checks that the outside world fits the settings: SMTP relay, certificates, the DKIM key in DNS; and whether old rows
// are deleted.
// Called by examine.ts. A setting that is not known here is not checked.
import { z } from 'zod';
import { relayFindings } from './relay';
import { certificateFindings } from './certificates';
import type { Check, Finding } from './finding';
import { dkimRecord, type RecordFinding } from './mail-dns';
import { queueMembers } from './queue-members';

const relay: Check = ({ setup }) => relayFindings(setup, new Date());
const members: Check = ({ setup }) => queueMembers(setup);
const certificates: Check = ({ setup }) => certificateFindings(setup, new Date());

/** A published key has no end of its own (RFC 6376 3.6.1): it ends when it is revoked, replaced or taken away. */
const dkim: Check = async ({ setup, resolver }) => {
  const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_PRIVATE_KEY: privateKey } = setup;
  if (!domain || !selector) return [];
  const record = await dkimRecord(domain.toLowerCase(), { selector, privateKey: privateKey || undefined }, resolver);
  return record.state === 'ok' ? [] : [dkimFinding(`${selector}._domainkey.${domain}`, record)];
};

const dkimFinding = (subject: string, { state, says, advice }: RecordFinding): Finding => ({
  ...(state === 'weak' || state === 'unknown' ? { level: 'notice' } : {}),
  kind: `dkim-${state}`,
  subject,
  text: `the DKIM key in DNS: ${says}`,
  ...(advice === null ? {} : { advice }),
});

/** Each app deletes its old rows every 5 to 15 minutes. */
const retention: Check = async ({ db }) => {
  const rows = await db.query<{ app: string; ran_at: Date }>(
    `select app, ran_at from retention_runs where ran_at < now() - interval '1 hour' order by app`,
  );
  return rows.map(({ app, ran_at }) => ({
    kind: 'retention-not-run',
    subject: app,
    text: `its old rows were last deleted at ${ran_at.toISOString()}`,
    advice: `see that ${app} runs; its log says "old rows could not be deleted" and why`,
  }));
};

export const setupChecks: Check[] = [relay, certificates, dkim, members, retention];

/**
 * The settings that these checks look at though scheduling-api itself does not need them: where they are set for it too,
 * the console's Health page checks the SMTP relay and the certificates. Merged into the settings of scheduling-api; other
 * apps check the values.
 */
export const setupSettings = {
  SMTP_URL: z.string().optional(),
  RABBITMQ_URL: z.string().optional(),
  RABBITMQ_MANAGEMENT_URL: z.string().optional(),
  IMAP_URL: z.string().optional(),
  DKIM_DOMAIN: z.string().optional(),
  DKIM_SELECTOR: z.string().optional(),
  INBOUND_TRUST: z.string().optional(),
  AUTHSERV_ID: z.string().optional(),
};
