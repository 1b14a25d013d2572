// What words seem to want, by language; the words are our own.
import { type Intent, intentOf } from './intent';
import { proposedTimes } from './proposed-times';

const anchor = { now: new Date('2026-11-23T08:20:00Z'), offsetMinutes: 60 };
const cases: Record<Intent, string> = {
  accept: `
👍
Works for me.
Sounds good, see you then
Yes!
ok
I confirm
See you at 10!
Yes, that works for me.
Passt mir gut, danke!
Einverstanden.
Ich bin dabei
Ja, passt.
D'accord, à demain
Ça me convient
Oui, c'est parfait
Me va bien
De acuerdo, allí estaré
Va bene, grazie
Per me va bene
Sim, para mim está bem
Combinado!
Akkoord, tot dan
Dat past mij prima
Tak, pasuje mi
Potwierdzam
Ja, det passar bra
Vi ses då!
はい、大丈夫です。
承知しました。
نعم، هذا الموعد يناسبني
No problem, I will come
Sì, confermo.
No worries, that works for me
Sorry for the late reply, I will be there
Not bad at all, works for me!
Kein Problem, ich komme
Pas de problème, je viens
No hay problema, allí estaré
Nessun problema, va bene
Não há problema, estarei lá
Geen probleem, ik kom
Nie ma problemu, będę
Inga problem, jag kommer
لا مانع
لا مشكلة، سأحضر
`,
  decline: `
I can't make it, sorry
Unfortunately I cannot attend.
That doesn't work for me
I have to cancel
No, that day is impossible for me.
Leider muss ich absagen.
Das passt mir leider nicht.
Passt leider nicht.
Je ne peux malheureusement pas venir
Je dois annuler.
No puedo asistir
Tengo que cancelar
Purtroppo non posso.
Devo annullare
Infelizmente não posso.
Helaas kan ik niet.
Niestety nie mogę.
Tyvärr kan jag inte.
申し訳ありませんが、参加できません。
للأسف لا أستطيع الحضور
I don't think I can make it
I doubt I can make it
None of these dates works for me
Nothing works for me that week
It never works for me on Tuesdays
Sorry, I was late before, but I can't come
Ich glaube nicht, dass ich komme
Keiner der Termine passt mir
Rien ne me convient
Nada me va bien
Eso no está bien
Nessun giorno mi va bene
Isso não está bem para mim
Geen enkele dag past mij
Żaden termin mi nie pasuje
Jag tror inte att jag kommer
Ingen av tiderna passar mig
`,
  tentative: `
Może
Maybe, I will let you know
I am not sure that it works for me
Ich bin nicht sicher, ob es mir passt
I might be able to make it
Vielleicht, ich melde mich
Ich weiß noch nicht
Peut-être, je vous dirai
Quizás
Forse, ti faccio sapere
Talvez
Misschien
Być może
Kanske
まだ未定です。
ربما
`,
  'new-time': `
can we do 3pm?
I can't make 2pm, how about 3pm?
Works for me if we start at 10:30
Some other day, please.
Ok, let's find another day
Yes, but please move it to another day
Could we reschedule?
Geht auch 15 Uhr?
Können wir den Termin verschieben?
15h ?
Une autre date serait possible ?
¿Podemos a las 16:00?
¿Otro día?
Possiamo spostare la riunione?
Podemos remarcar?
Kan het op een andere dag?
Czy możemy przełożyć spotkanie?
Kan vi flytta mötet?
別の日にしていただけますか？
هل يمكن تغيير الموعد؟
`,
  other: `
Do you have parking?
Who is this?
Works for me, but I don't have the link
Thanks for the invitation
Wer nimmt teil?
Unless you read this, nothing happens
`,
};

describe('what words seem to want', () => {
  const lines = Object.entries(cases).flatMap(([intent, list]) =>
    list
      .trim()
      .split('\n')
      .map((text) => [text, intent] as const),
  );

  it.each(lines)('%s: %s', (text, intent) => {
    expect(intentOf(text, proposedTimes(text, anchor).length > 0)).toBe(intent);
  });
});
