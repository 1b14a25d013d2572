// Each person of the demo writes in the language of their letters, and the product understands.
import { languages } from '#words';
import { interpret } from '../../../imip-ingestor/src/interpret/interpret';
import { readMail } from '../../../imip-ingestor/src/interpret/mail';
import { writeAs } from '../simulator/write-as';
import { mailView, wishFor, wishes } from './mail-view';

const caught = { id: '1', to: 'gil@guest.example', from: '', subject: '', receivedAt: '' };
const letterIn = (language: string): Buffer =>
  Buffer.from(
    [
      'From: scheduling@meet.example',
      'To: gil@guest.example',
      'Subject: Practice Session',
      'Date: Mon, 23 Nov 2026 08:00:00 +0100',
      'Message-ID: <m1@meet.example>',
      'Content-Type: text/html; charset=utf-8',
      '',
      `<!DOCTYPE html><html lang="${language}" dir="auto"><p>x</p></html>`,
    ].join('\r\n'),
  );

it.each(languages)(
  'a wish for another hour is offered in the language of the letter and read as one: %s',
  (language) => {
    const letter = letterIn(language);
    const { wish } = mailView(caught, letter);
    expect(wish).toBe(wishes[language]);
    const now = new Date('2026-11-23T08:15:00Z');
    const { raw, envelopeFrom } = writeAs('google', letter, { kind: 'text', text: wish }, { now, id: 'a1-b2' });
    expect(interpret(readMail(raw, envelopeFrom))).toMatchObject({
      kind: 'text',
      intent: 'new-time',
      language,
      visibleText: wish,
      proposedTimes: [{ startUtc: expect.anything() }],
    });
  },
);

it('is English where a letter names no language of ours', () => {
  expect([wishFor('<html><p>x</p>'), wishFor('<html lang="fi">')]).toEqual([wishes.en, wishes.en]);
});
