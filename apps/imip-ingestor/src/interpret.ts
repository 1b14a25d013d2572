// The ingestor's pure function: what a mail means, in one order — report, calendar answer, automatic, a person's words, ignored.
// Called by the reader and by `npm run interpret`; whether to believe it is judge's business.
import { autoReplyWhy, isBulk } from './kinds/auto-reply';
import { readBounce } from './kinds/bounce';
import { calendarsIn, fieldsOfQuoted, type FoundCalendar, isTheMessage, readAnswer } from './kinds/calendar';
import { visibleText } from './kinds/visible-text';
import type { Mail } from './mail';
import type { Reading } from './reading';

/** What a mail means. Pure and total: any Mail has a Reading. */
export function interpret(mail: Mail): Reading {
  const { said, quoted } = calendarsIn(mail);
  const bounce = readBounce(mail, said.some(isTheMessage));
  if (bounce) return { kind: 'bounce', ...bounce, ...fieldsOfQuoted(mail, [...said, ...quoted]) };
  const answer = readAnswer(mail, said);
  if (answer && said.every(isTheMessage)) return answer;
  if (isTnefAnswer(mail)) return { kind: 'ignored', why: 'tnef-answer: a meeting answer in winmail.dat, for a person to read' };
  return { ...(readWords(mail) ?? answer ?? nothingSaid(quoted)), ...fieldsOfQuoted(mail, [...said, ...quoted]) };
}

/** A mail by its words: automatic, to a crowd, a person's; null where there are none. */
function readWords(mail: Mail): Reading | null {
  const automatic = autoReplyWhy(mail);
  if (automatic !== null) return { kind: 'auto-reply', why: automatic };
  if (isBulk(mail)) return { kind: 'ignored', why: 'list-mail: sent to a list or a crowd' };
  const text = visibleText(mail);
  return text === null ? null : { kind: 'text', why: 'text: words of a person', visibleText: text };
}

const nothingSaid = (quoted: FoundCalendar[]): Reading => ({
  kind: 'ignored',
  why: quoted.length > 0 ? 'forwarded-calendar: quoted, not said' : 'empty: nothing to read',
});

const tnefClass = /IPM\.(?:Schedule\.Meeting\.Resp|Microsoft Schedule\.MtgResp)/;

/** Exchange may wrap a meeting answer as TNEF; its message class stands in it in plain letters (MS-OXTNEF 2.1.3.4). */
const isTnefAnswer = (mail: Mail): boolean =>
  mail.parts.some(
    (part) =>
      (/^application\/(?:vnd\.)?ms-tnef$/.test(part.type) || part.filename?.toLowerCase() === 'winmail.dat') &&
      tnefClass.test(part.body.subarray(0, 64 * 1024).toString('latin1')),
  );
