// Compares our MIME reader with mailparser on every mail of the corpus: the same text, the same HTML, the same
// calendars.
// Where they differ the mail stands below with the reason; a mail that stops differing, or begins to, fails the test.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { textFrom } from './decode';
import { type MailPart, splitMessage } from './split';

const folder = join(__dirname, '../../../test/corpus/mails');
const names = readdirSync(folder).filter((name) => name.endsWith('.eml'));

/** mailparser shows a mail to a person; our reader finds out what was sent, wherever it lies. */
const differences: Record<string, string> = {
  'bounce-mixed-actions.eml': 'mailparser writes the fields of a message/delivery-status into the text',
  'bounce-nullmailer-expired.eml': 'mailparser writes the fields of a message/delivery-status into the text',
  'bounce-opensmtpd-expired.eml': 'mailparser writes the fields of a message/delivery-status into the text',
  'bounce-postfix.eml': 'the same, and it opens no mail that a report returns',
  'boundary-lost.eml': 'mailparser finds no part where the boundary of the header is not the one of the body',
  'complaint-feedback-report.eml': 'mailparser opens no mail that a report returns',
  'forwarded-reply.eml': 'mailparser opens no forwarded mail',
  'octet-stream-ics.eml':
    'mailparser tells application/octet-stream by the name of the file; ours keeps the type that was sent',
};

interface ParsedParts {
  text: string;
  html: string;
  calendars: string[];
}

const leavesOf = (part: MailPart): MailPart[] =>
  part.children.length === 0 ? [part] : part.children.flatMap(leavesOf);
/** Both join lines in their own way, and mailparser joins texts. */
const plain = (text: string): string => text.replaceAll(/\s+/g, '');

function byOurs(raw: Buffer): ParsedParts {
  const leaves = leavesOf(splitMessage(raw, { maxParts: 50, maxDepth: 10 }, new Set()));
  const textOf = (type: string): string =>
    leaves
      .filter((part) => part.type === type && part.disposition !== 'attachment')
      .map((part) => plain(textFrom(part.body, part.params['charset'] ?? null)))
      .join('');
  const calendars = leaves
    .filter(({ type }) => type === 'text/calendar')
    .map(({ body }) => plain(body.toString('latin1')));
  return { text: textOf('text/plain'), html: textOf('text/html'), calendars };
}

async function byMailparser(raw: Buffer): Promise<ParsedParts> {
  const mail = await simpleParser(raw, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    keepCidLinks: true,
  });
  const calendars = mail.attachments.filter(({ contentType }) => contentType === 'text/calendar');
  return {
    text: plain(mail.text ?? ''),
    html: plain(mail.html || ''),
    calendars: calendars.map(({ content }) => plain(content.toString('latin1'))),
  };
}

it.each(names)('%s is read as mailparser reads it, or differs for the reason that is given', async (name) => {
  const raw = readFileSync(join(folder, name));
  const [ours, theirs] = [byOurs(raw), await byMailparser(raw)];
  if (differences[name] === undefined) expect(ours).toEqual(theirs);
  else expect(ours).not.toEqual(theirs);
});

it('every named difference is a mail of the corpus', () => {
  expect(Object.keys(differences).filter((name) => !names.includes(name))).toEqual([]);
});
