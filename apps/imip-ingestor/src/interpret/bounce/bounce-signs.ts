// Decides whether a mail in prose reports a failed or late delivery, by the weights of subject, statements, codes and
// sender.
// Called by bounce.ts for mails without a readable status part. A sentence of a person about a bounce is never enough.
import { header, type Mail } from '../mail';
import { addressAlone } from './bounce-named';
import { addressedStatement, failingStatement, isFailingSubject } from '../phrases/bounces';
import { replyOrForwardPrefix } from '../phrases/subject-prefixes';
import type { Prose } from './bounce-prose';
import { machineRank } from './mail-software';

/** A reply code of an SMTP server, or an enhanced status of failure. */
const code = /(?<![\d.])[45]\.\d{1,2}\.\d{1,3}(?![\d.])|(?:^|\W)[45][0-5]\d[ -]+\S|#\d{3}\b/m;
const ownWords = /automatic reply|out of (?:the )?office|auto(?:matic|mated)?[- ]?(?:reply|response)|vacation/i;
const vendorMarks = ['x-ms-exchange-message-is-ndr', 'x-failed-recipients', 'x-bounce-reason', 'x-smtp-server-bounce'];

/** The weights are added; at least one sign must be a subject, a statement or a vendor's header. */
export function isReport(mail: Mail, prose: Prose): boolean {
  const text = prose.lines.slice(0, 80).join('\n').slice(0, 8_000);
  const subject = mail.subject.slice(0, 300).trim();
  const plain = addressedStatement.test(text.slice(0, 1_000).replace(/\s+/g, ' '));
  return (plain && isAddendum(subject, prose)) || outweighs(mail, prose, { text, subject, plain });
}

/** "RE: <your subject>: non remis": the mail's own words distinguish it from a person's reply. */
const isAddendum = (subject: string, prose: Prose): boolean =>
  prose.lines.filter((line) => line.trim() !== '').length <= 12 &&
  isFailingSubject(subject.replace(/^.*:/, '')) &&
  prose.lines.some((line) => addressAlone.test(line.trim()));

function outweighs(
  mail: Mail,
  prose: Prose,
  { text, subject, plain }: { text: string; subject: string; plain: boolean },
): boolean {
  const rank = machineRank(mail);
  const announced = isFailingSubject(subject) && !replyOrForwardPrefix.test(subject);
  const statement = failingStatement.test(text.replace(/\s+/g, ' '));
  const vendor = vendorMarks.some((name) => header(mail.headers, name) !== undefined);
  // Absence notes also have the null sender, and some mention delivery.
  const isNotice = ownWords.test(subject) && !announced;
  if (isNotice || !(statement || announced || vendor)) return false;
  const signs: [boolean, number][] = [
    [plain, 1],
    [announced, 2],
    [statement, 2],
    [code.test(text), 1],
    [prose.hasCopy, 1],
    [vendor, 2],
  ];
  const score = signs.reduce<number>((sum, [holds, weight]) => sum + (holds ? weight : 0), rank);
  return rank > 0 ? score >= 4 : announced && statement && score >= 5;
}
