// Decides whether a mail comes from a mail system rather than a person, by its envelope, its sender's address and name.
// Called by bounce.ts and bounce-signs.ts.
import { header, type Mail } from '../mail';

/** The bare local parts of mail systems. */
const system =
  /^(?:mailer-?daemon|mail-?daemon|post[-_.]?master(?:-.*)?|mdaemon|mailerdaemon|bounces?|ndr|mail-?delivery|delivery|double-?bounce|.{0,20}-?daemon|mailadmin|mail-?system)(?:[+=\\].*)?$/i;
const halfSystem =
  /^(?:admin(?:istrator)?|root|system|noreply|no-reply|mailmaster|smtp.{0,20}|e\d{3}.*|mail|mailer|sysadmin|"?system administrator"?|ndradmin|exchange|support)$/i;
const systemName =
  /mail (?:delivery|administrator|system|server|service)|delivery (?:sub)?system|system ?administrat|mailer.?daemon|postmaster|administrador (?:del|de) (?:sistema|correo)|systemadministrator|administrateur|microsoft outlook|mail deliv|メール配信|邮件系统|郵件/i;

/** 2: a mail system beyond doubt; 1: probably; 0: nothing says so. */
export function machineRank(mail: Mail): 0 | 1 | 2 {
  if (mail.envelopeFrom === '') return 2;
  const writer = header(mail.headers, 'from') ?? '';
  const locals = [...mail.from, ...(mail.envelopeFrom === null ? [] : [mail.envelopeFrom])].map((address) =>
    address.slice(0, address.lastIndexOf('@')),
  );
  // Sendmail writes of itself as <MAILER-DAEMON>, without a domain.
  if (locals.some((local) => system.test(local)) || /<?\bmailer-daemon>?\s*$/i.test(writer)) return 2;
  const name = writer.replace(/<[^>]*>/g, '');
  return mail.from.length === 0 || locals.some((local) => halfSystem.test(local)) || systemName.test(name) ? 1 : 0;
}
