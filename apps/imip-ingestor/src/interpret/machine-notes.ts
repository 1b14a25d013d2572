// Recognizes automatic mails about a mail: recalls, reactions, a filter's report, notices of list software.
// Called by auto-reply.ts. None of them is ever answered.
import { isListNotice } from './bounce/mail-software';
import type { Mail } from './mail';
import { filterReport, reactionSentence, recallReport, recallSentence, recallSubject } from './phrases/mail-systems';

/** A reaction or a recall is one sentence; a longer text is from a person. */
const longestSentence = 300;

/**
 * Why a mail is such a note (kebab-case code, colon, words), or null. `linesOf` gives the mail's own lines, without
 * quotes.
 */
export function machineNoteWhy(mail: Mail, linesOf: () => readonly string[]): string | null {
  // Google's own format for reactions (developers.google.com/gmail/reactions).
  if (mail.parts.some((part) => part.type === 'text/vnd.google.email-reaction+json' && isOwn(part.ancestors)))
    return 'reaction: a sign instead of words';
  if (mail.parts.some((part) => part.params['x-spam-type'] === 'original') || isFilterReport(mail, linesOf))
    return 'filter-report: a filter’s report around a mail';
  if (isListNotice(mail, linesOf)) return 'list-notice: list software reports on a post';
  return sentenceWhy(mail, linesOf);
}

const isOwn = (ancestors: readonly string[]): boolean => !ancestors.some((type) => type.startsWith('message/'));

/** Some filters lose the parameter of the part that they wrap; the mail is still inside. */
const isFilterReport = (mail: Mail, linesOf: () => readonly string[]): boolean =>
  mail.parts.some((part) => part.type === 'message/rfc822') && filterReport.test(linesOf().slice(0, 8).join(' '));

function sentenceWhy(mail: Mail, linesOf: () => readonly string[]): string | null {
  const isShort = mail.parts.every((part) => !part.type.startsWith('text/') || part.body.length < 64 * 1024);
  if (!isShort) return null;
  const lines = linesOf()
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const begin = lines.join(' ').slice(0, 1_000);
  const subject = mail.subject.slice(0, 300);
  if ((recallSubject.test(subject) && recallSentence.test(begin)) || recallReport.test(subject))
    return 'recall: a message is called back';
  // The mail begins with the sentence; then follows the heading of the mail that it is about.
  const [first = ''] = lines;
  return first.length < longestSentence && reactionSentence.test(first) && isOnlyHeading(lines.slice(1))
    ? 'reaction: a sign instead of words'
    : null;
}

/** Fields of a heading, links and nothing else below a reaction. */
const isOnlyHeading = (lines: readonly string[]): boolean =>
  lines.every((line) => /^(?:[\p{L} ]{2,20}\s?[:：]|<?https?:|[-_*]{3,}|<[^>]*>$)/u.test(line) || line.length < 4);
