import { lettersFor } from '/work/main/apps/notification-sender/src/letters';
import { renderLetter } from '/work/main/apps/notification-sender/src/render';
import { IcsService } from '/work/main/apps/notification-sender/src/ics.service';
import { holdsAddress } from '/work/main/apps/notification-sender/src/privacy-gate';
import { event, room, senderSettings, invitation, proposal, link } from '/work/main/test/support/sender-events';
test('x', () => {
  const r = room({ invitations: [invitation('host', {locale:'de-AT'}), invitation('guest')], title: 'Übung & <Spaß>', location: 'Room 5', videoUrl: 'https://video.example/abc'});
  const ls = lettersFor(event('ProposalCreated', { room: r, proposal: proposal({note: 'Sorry!\nI <b>have</b> a clash'}), approveLink: link('approve'), declineLink: link('decline'), replaced: null }), {room: null});
  const ls2 = lettersFor(event('RoomRescheduled', { room: {...r, sequence: 1}, proposalId: crypto.randomUUID(), previousStartUtc: '2026-12-01T09:00:00.000Z', previousEndUtc: '2026-12-01T09:30:00.000Z' }), {room: null});
  const ics = new IcsService(senderSettings);
  const out: string[] = [];
  for (const l of [...ls, ...ls2]) {
    const facts = { letterId: 'b6a4a5ee-0000-8000-8000-000000000000', messageId: '<x@central.example>', firstMessageId: '<first@central.example>', dtstamp: new Date('2026-11-23T12:00:00Z'), writtenAt: new Date('2026-11-23T12:00:00Z') };
    const m = renderLetter(l, facts, ics.textOf(l, facts), senderSettings);
    out.push(m.bytes.toString());
    let t = performance.now(); for (let i=0;i<500;i++) renderLetter(l, facts, ics.textOf(l, facts), senderSettings); console.log('render ms', (performance.now()-t)/500, m.bytes.length);
    t = performance.now(); for (let i=0;i<500;i++) holdsAddress(m.bytes, l.otherEmail!, m.own); console.log('gate ms', (performance.now()-t)/500);
  }
  require('fs').writeFileSync('/tmp/out.txt', out.join('\n\n=================\n'));
});
