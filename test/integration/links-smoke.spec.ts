import { startApi } from '../support/scheduling-api';
import { bookedRoom, proposal, tokenFor, visit, press, words, browser } from './links-fixtures';
import { writeFileSync } from 'node:fs';
test('smoke', async () => {
  const api = await startApi();
  const room = await bookedRoom(api, {guest: {email:'g@x.test', timeZone:'Europe/Berlin'}});
  const t = await tokenFor(api.database.db, room.roomId, 'guest', 'propose');
  const form = await visit(api, `/reschedule?r=${t}`);
  console.log(form.status, form.headers, words(form.text).slice(0,800), form.text.length);
  const head = await fetch(`${api.url}/reschedule?r=${t}`, {method:'HEAD', headers: browser});
  console.log('HEAD', head.status, [...head.headers], (await head.text()).length);
  const p = await proposal(api, room, 'guest');
  for (let i=0;i<3;i++) { const a = await visit(api, `/approve?t=${p.approve}`); console.log(a.status, words(a.text)); }
  const u = await press(api, '/undo', {t: p.approve}); console.log(u.status, words(u.text));
  const s=Date.now(); for (let i=0;i<50;i++) await visit(api, `/approve?t=${p.approve}`); console.log('ms', (Date.now()-s)/50);
  const s2=Date.now(); const t2 = await tokenFor(api.database.db, room.roomId, 'host', 'propose'); for (let i=0;i<50;i++) await visit(api, `/reschedule?r=${t2}`); console.log('ms', (Date.now()-s2)/50);
  const d = await press(api, '/decline', {t: p.decline}); console.log(d.status, words(d.text));
  const f = await press(api, '/reschedule/fresh', {r: p.decline}); console.log(f.status, words(f.text));
  const nx = await visit(api, '/approve?t=zz'); console.log(nx.status, nx.text);
  await api.stop();
});
