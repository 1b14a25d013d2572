// What `npm run demo` and `npm run sim` print.
// Called by shell.ts; pure.
import type { Role } from '#contracts';
import type { DemoState, ActResult } from './demo-rooms';
import type { TimelineItem } from './product-client';
import type { MailView } from './mail-view';

const moment = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;

export const bookedText = ({ room }: DemoState, url: string): string =>
  `Booked ${room.title} for ${moment(room.startUtc)}.\n\n  Room       ${room.roomId}\n  Watch it   ${url}/?room=${room.roomId}\n`;

export const roomLine = ({ room }: DemoState): string =>
  `${room.title}, ${moment(room.startUtc)}, ${room.status}, sequence ${room.sequence};` +
  ` ${room.invitations.map((each) => `${each.role} ${each.partstat}`).join(', ')}`;

/** A mail as it arrived: heads, text, calendar part. */
export function mailText(role: Role, mail: MailView): string {
  const rule = '─'.repeat(72);
  const calendar = mail.calendar === null ? [] : ['', `── calendar part ${'─'.repeat(55)}`, mail.calendar.trimEnd()];
  return [
    rule,
    `To the ${role}: ${mail.to}`,
    `From:    ${mail.from}`,
    `Subject: ${mail.subject}`,
    '',
    mail.text.trimEnd(),
    ...calendar,
    '',
  ].join('\n');
}

/** What was sent, and what came of it. */
export function actDone(done: ActResult, before: DemoState, after: DemoState): string {
  const lines = done.scanned
    ? scanned(done.scanned)
    : [`The ${done.role}'s ${done.kind === 'bounce' ? 'mail system' : done.client} sent: ${done.sent?.subject ?? ''}`];
  const fresh = after.timeline.slice(before.timeline.length);
  const mails = (['host', 'guest'] as const).flatMap((role) =>
    after.mails[role].slice(before.mails[role].length).map((mail) => `  mail to the ${role}: ${mail.subject}`),
  );
  return [
    ...lines,
    '',
    ...(fresh.length === 0 ? ['Nothing happened to the room.'] : [timelineText(fresh)]),
    ...mails,
    '',
    roomLine(after),
  ].join('\n');
}

const scanned = ({ visits, moved }: NonNullable<ActResult['scanned']>): string[] => [
  ...visits.map(({ method, what, status }) => `  ${status}  ${method.padEnd(4)}  ${what}`),
  visits.length === 0
    ? 'This mail holds no links.'
    : moved
      ? 'The room moved!'
      : 'Every link was opened; nothing moved.',
];

export const timelineText = (items: TimelineItem[]): string => items.map(line).join('\n');

const line = (item: TimelineItem): string => {
  const { at, kind, why, ...more } = item;
  const word = (name: string): string => (typeof more[name] === 'string' ? more[name] : '');
  const columns = [
    at.slice(11, 23),
    kind.padEnd(9),
    word('role').padEnd(6),
    word('method').padEnd(14),
    word('verdict').padEnd(15),
    why ?? '',
  ];
  return `  ${columns.join(' ').trimEnd()}`;
};
