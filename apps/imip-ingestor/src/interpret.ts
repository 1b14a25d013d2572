// The ingestor's pure function: what a mail means, in one order — report, calendar answer, automatic, a person's words, ignored.
// Called by the reader and by `npm run interpret`; whether to believe it is judge's business.
import { autoReplyWhy, isBulk } from './kinds/auto-reply';
import { readBounce } from './kinds/bounce';
import { calendarsIn, fieldsOfQuoted, isTheMessage, readAnswer } from './kinds/calendar';
import { visibleText } from './kinds/human-text';
import type { Mail } from './mail';
import type { Reading } from './reading';

/** What a mail means. Pure and total: any Mail has a Reading. */
export function interpret(mail: Mail): Reading {
  const { said, quoted } = calendarsIn(mail);
  const bounce = readBounce(mail);
  if (bounce) return { kind: 'bounce', why: bounce.why, recipients: bounce.recipients, ...fieldsOfQuoted(mail, [...said, ...quoted]) };
  const answer = readAnswer(mail, said);
  if (answer && said[0] && isTheMessage(said[0])) return answer;
  if (isTnefAnswer(mail)) return { kind: 'ignored', why: 'tnef-answer: a meeting answer in winmail.dat, for a person to read' };
  const fields = fieldsOfQuoted(mail, [...said, ...quoted]);
  const automatic = autoReplyWhy(mail);
  if (automatic !== null) return { kind: 'auto-reply', why: automatic, ...fields };
  if (isBulk(mail)) return { kind: 'ignored', why: 'list-mail: sent to a list or a crowd', ...fields };
  const text = visibleText(mail);
  if (text !== null) return { kind: 'text', why: 'text: words of a person', visibleText: text, ...fields };
  if (answer) return answer;
  if (quoted.length > 0) return { kind: 'ignored', why: 'forwarded-calendar: quoted, not said', ...fields };
  return { kind: 'ignored', why: 'empty: nothing to read' };
}

const tnefClass = /IPM\.(?:Schedule\.Meeting\.Resp|Microsoft Schedule\.MtgResp)/;

/** Exchange may wrap a meeting answer as TNEF; its message class stands in it in plain letters (MS-OXTNEF 2.1.3.4). */
const isTnefAnswer = (mail: Mail): boolean =>
  mail.parts.some(
    (part) =>
      (/^application\/(?:vnd\.)?ms-tnef$/.test(part.type) || part.filename?.toLowerCase() === 'winmail.dat') &&
      tnefClass.test(part.body.subarray(0, 64 * 1024).toString('latin1')),
  );
