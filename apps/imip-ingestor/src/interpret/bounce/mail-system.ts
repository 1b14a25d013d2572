// Decides whether a mail comes from a mail system rather than a person, by its envelope, its sender's address and name.
// Called by bounce.ts, bounce-signs.ts and auto-reply.ts.
import { header, type Mail } from '../mail';
import { halfSystemLocal, systemLocal, systemName } from '../phrases/mail-systems';

/** 2: a mail system beyond doubt; 1: probably; 0: nothing says so. */
export function machineRank(mail: Mail): 0 | 1 | 2 {
  if (mail.envelopeFrom === '') return 2;
  const writer = header(mail.headers, 'from') ?? '';
  const locals = [...mail.from, ...(mail.envelopeFrom === null ? [] : [mail.envelopeFrom])].map((address) =>
    address.slice(0, address.lastIndexOf('@')),
  );
  // Sendmail writes of itself as <MAILER-DAEMON>, without a domain.
  if (locals.some((local) => systemLocal.test(local)) || /<?\bmailer-daemon>?\s*$/i.test(writer)) return 2;
  const name = writer.replace(/<[^<>]*>/g, '');
  return mail.from.length === 0 || locals.some((local) => halfSystemLocal.test(local)) || systemName.test(name) ? 1 : 0;
}
