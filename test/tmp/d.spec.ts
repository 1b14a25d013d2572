import { base64Runs, bytesReader } from '/work/main/apps/notification-sender/src/privacy-base64';
import { decodeEscapes, joined } from '/work/main/apps/notification-sender/src/privacy-decoders';
import { holdsAddress } from '/work/main/apps/notification-sender/src/privacy-gate';
import { lettersFor } from '/work/main/apps/notification-sender/src/letters';
import { renderLetter } from '/work/main/apps/notification-sender/src/render';
import { IcsService } from '/work/main/apps/notification-sender/src/ics.service';
import { event, room, senderSettings, invitation, proposal, link } from '/work/main/test/support/sender-events';
test('b', () => {
  for (let i=0;i<1500;i++) {
  const r = room({ title: 'ࠀ 𐀀', invitations: [invitation('host',{email:'joaaaa@x.org',name:'ΩΩΩΩΩΩΩΩΩΩΩΩ', timeZone:'UTC'}), invitation('guest',{email:'aaaa@x.org', name:'ΩΩΩΩΩΩ',timeZone:'UTC'})]});
  const p = proposal({proposedBy:'host'});
  for (const l of [event('RoomBooked',{room:r}), event('RoomCancelled', { room: { ...r, status: 'cancelled' }, cause: 'declined', by:'host', reason: null }), event('RoomRescheduled', { room: r, proposalId: p.proposalId, previousStartUtc: '2026-11-30T09:00:00.000Z', previousEndUtc: '2026-11-30T10:00:00.000Z' }), event('ProposalDeclined', { room: r, proposal: {...p, source:'counter',counterSequence:0}, by:null, why: null })].flatMap(e=>lettersFor(e,{room:null}))) {
    if (l.to.role==='guest') continue;
    const facts = { letterId: 'b6a4a5ee-0000-8000-8000-000000000000', messageId: '<x@central.example>', firstMessageId: null, dtstamp: new Date('2026-11-23T12:00:00Z'), writtenAt: new Date('2026-11-23T12:00:00Z') };
    const text = new IcsService(senderSettings).textOf(l,facts);
    const m = renderLetter(l, facts, text, senderSettings);
    if (holdsAddress(m.bytes, l.otherEmail!, m.own)) { console.log(i, l.matter.kind, text); 
     for (const run of base64Runs(m.bytes.toString(), 13)) for (let k=0;k<4;k++) for (const v of bytesReader(10,false)(Buffer.from(run.slice(k),'base64'))) if (holdsAddress(Buffer.from(v), l.otherEmail!, m.own)) console.log('FROM', JSON.stringify(v), run.length); 
     for (const v of [decodeEscapes(m.bytes.toString()), joined(m.bytes.toString())]) if (holdsAddress(Buffer.from(v), l.otherEmail!, m.own)) console.log('VIEW');
     return; }
  } }
}, 100000);
