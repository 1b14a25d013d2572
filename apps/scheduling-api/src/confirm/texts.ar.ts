// Arabic: what the pages about an unconfirmed answer say.
// Used by texts.ts; the type names every text that must be here.
import type { ConfirmTexts } from './confirm-texts';

const person = { host: 'المضيف', guest: 'الضيف' } as const;

export const ar: ConfirmTexts = {
  heading: 'هل هذا ردك؟',
  body: 'لم يتغيّر شيء حتى الآن. يُرجى تأكيد الرد فقط إن كان منك.',
  claims: {
    accepted: () => 'الرد: قبول الدعوة إلى هذه الجلسة.',
    declined: () => 'الرد: رفض الدعوة إلى هذه الجلسة.',
    tentative: () => 'الرد: حضور هذه الجلسة غير مؤكد.',
    'new-time': (other) => `الرد: اقتراح موعد آخر. سنسأل ${person[other]}؛ ولا يتغيّر شيء إلى أن تأتي الموافقة.`,
  },
  yes: {
    accepted: 'نعم، أقبل',
    declined: 'نعم، أرفض',
    tentative: 'نعم، ربما أحضر',
    'new-time': 'نعم، أطلب هذا الموعد',
  },
  no: 'لا، يبقى كل شيء كما هو',
  done: {
    accepted: { heading: 'تم قبول الدعوة', body: () => 'شكرًا لك. تُعقد الجلسة كما هو مخطط لها.' },
    declined: { heading: 'تم رفض الدعوة', body: () => 'سُجّل ردك.' },
    tentative: { heading: 'سُجّل ردك', body: () => 'تبقى الجلسة كما هو مخطط لها.' },
    'new-time': {
      heading: 'أُرسل طلبك',
      body: (other) => `سنسأل ${person[other]} عن الموعد الجديد. ولا يتغيّر موعد الجلسة إلى أن تأتي الموافقة.`,
    },
  },
  dropped: { heading: 'لم يتغيّر شيء', body: 'أُهمل الرد الذي لم يكن منك.' },
  overtaken: {
    heading: 'لم يعد هذا الرد ساريًا',
    body: 'تغيّرت الجلسة، أو ورد منك ردّ بعد ذلك. ولم يغيّر هذا الرد شيئًا.',
  },
  used: { heading: 'تم الرد على هذا من قبل', body: 'تم الرد على هذا السؤال من قبل، ولم يتغيّر شيء الآن.' },
};
