// Arabic: what the calendar entry of an invitation says.
// Used by letters.ts here; the type names every text that must be here. Requests are worded with "please" and a verbal
// noun, which is the same for women and men.
import type { InvitationWords } from '../letter-texts';

const person = { host: 'المضيف', guest: 'الضيف' } as const;

export const invitation: InvitationWords = {
  howToAnswer: 'يُرجى قبول الدعوة أو رفضها باستخدام أزرار التقويم أو برنامج البريد.',
  organizerWrites: (reason) => `رسالة من المنظّم: ${reason}`,
  join: 'الانضمام عبر الإنترنت',
  askNewTime: (other) =>
    `هل الموعد غير مناسب؟ يُرجى فتح هذا الرابط واقتراح موعد آخر؛ سنسأل ${person[other]}، ولا حاجة إلى تسجيل الدخول:`,
};
