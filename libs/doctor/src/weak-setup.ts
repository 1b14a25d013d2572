// Settings that are allowed but weak, each as a sentence; warnings, not faults. Pure; called by `npm run doctor`.
import { urlsIn } from '#contracts';
import type { Environment } from './finding';

const urlsOfServers = ['SMTP_URL', 'IMAP_URL', 'RABBITMQ_URL'] as const;
const ownMachine = ['localhost', '127.0.0.1', '[::1]'];

/**
 * One line a weakness; no value of a setting is in it. `isWhole`: what is not set in `env` has its default everywhere;
 * false where other apps may have more.
 */
export function weakSetup(env: Environment, isWhole = true): string[] {
  const found: string[] = [];
  const isInbound = isWhole || env['INBOUND_TRUST'] !== undefined;
  if (isInbound && env['INBOUND_TRUST'] !== 'verified' && !env['AUTHSERV_ID'])
    found.push(
      'INBOUND_TRUST is lenient and AUTHSERV_ID is not set: no Authentication-Results count, so who writes as ' +
        'an attendee is taken for one; name your mail server in AUTHSERV_ID, or set INBOUND_TRUST=verified',
    );
  if (env['ORGANIZER_TAGGING'] !== 'on')
    found.push(
      'ORGANIZER_TAGGING is off: a reply is recognized by its address alone; set it to on where the mailbox takes local+tag addresses',
    );
  for (const name of urlsOfServers)
    if (isInsecure(env[name]))
      found.push(`${name} says insecure=1: its password and what it carries may go unencrypted`);
  const publicUrl = urlOf(env['PUBLIC_URL']);
  if (publicUrl?.protocol === 'http:' && !ownMachine.includes(publicUrl.hostname))
    found.push('PUBLIC_URL is not https: whoever is on the way can read the links and decide with them');
  return found.map((line) => `warning  ${line}`);
}

/**
 * What a cluster of brokers needs and AMQP cannot show; none where RABBITMQ_URL names one node, or where the HTTP API
 * tells (queue-members.ts).
 */
export function clusterNotes(env: Environment): string[] {
  const nodes = urlsIn(env['RABBITMQ_URL'] ?? '').length;
  if (nodes < 2 || env['RABBITMQ_MANAGEMENT_URL']) return [];
  return [
    `note     RABBITMQ_URL names ${nodes} nodes: a queue made before its broker was a cluster has one member; see ` +
      '`rabbitmq-queues quorum_status QUEUE`, and run `rabbitmq-queues grow NODE all` once for each node that joined; ' +
      'with RABBITMQ_MANAGEMENT_URL, the HTTP API of a node, the doctor looks itself',
  ];
}

const urlOf = (value: string | undefined): URL | null => (value ? URL.parse(value) : null);

/** RABBITMQ_URL may name several brokers, with commas between. */
const isInsecure = (value: string | undefined): boolean => /[?&]insecure=1(?:[&,\s]|$)/.test(value ?? '');
