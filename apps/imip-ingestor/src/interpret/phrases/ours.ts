// What marks a letter of our own in any mail program that quotes it: our links, and the sentences of the letters
// themselves (libs/words), in every language that they speak.
// Read by words/our-letter.ts.
import { letterLines } from '#words';
import { phrasesIn } from './compile';

/** Our links, as programs show, wrap and rewrite them. */
export const ourLinks = {
  any: `
/(?:reschedule|approve|decline|answer|confirm|calendar)/?\\?[a-z]=[A-Za-z0-9._-]{6,}
(?:%2F)(?:reschedule|approve|decline|answer|confirm|calendar)%3F[a-z]%3D
`,
};

/** Sentences that letters sent by earlier versions hold. */
const formerLines = phrasesIn(`
The session is cancelled
Please accept or decline with the buttons of your calendar
Are there no such buttons? Open this link to accept, say maybe, decline or
Ihre Anfrage ist unterwegs
لقبول الجلسة، يُرجى فتح هذا الرابط والتأكيد هناك:
لرفض الجلسة، يُرجى فتح هذا الرابط والتأكيد هناك:
لرفض الجلسة وإلغائها للطرفين، يُرجى فتح هذا الرابط والتأكيد هناك:
ألا توجد مثل هذه الأزرار؟ يتيح هذا الرابط القبول أو الرد بـ«ربما» أو الرفض أو طلب موعد آخر:
هل أحد الأزرار لا يعمل؟ هذه هي الروابط:
Ihre E-Mail ist verschlüsselt, und wir können sie nicht lesen
Um abzusagen, womit der Termin für beide entfällt, öffnen Sie diesen Link
Um stattdessen zuzusagen, vielleicht zu sagen oder abzusagen, öffnen Sie diesen Link:
Um nach einer anderen Zeit zu fragen, öffnen Sie diesen Link; die neuere Anfrage ersetzt diese:
No se ha podido adoptar la hora que usted propuso
Cette boîte est lue par un programme\u00a0: votre message n’a pas été transmis
Non è stato possibile usare l’orario che ha proposto
以前の依頼を承認いただいていましたが、その後
ご本人の回答である場合は、こちらのリンクを開いて確認してください。
参加せず、双方のセッションを中止する場合は、こちらのリンクを開いて確定してください。
Wilt u toch om een andere tijd vragen? Open deze link; het nieuwere verzoek vervangt dit:
Tę skrzynkę czyta program: nie przekazaliśmy Państwa słów
Aby odmówić i odwołać spotkanie dla obu stron, prosimy otworzyć ten link
Finns det inga sådana knappar? Öppna den här länken för att svara ja, kanske eller nej
Öppna den här länken för att be om ännu en annan tid; den nyare förfrågan ersätter den här:
Fungerar inte en knapp? Här är länkarna:
`);

export const ourSentences = (): { body: string[]; last: string[] } => {
  const { body, last } = letterLines();
  return { body: [...body, ...formerLines], last };
};
