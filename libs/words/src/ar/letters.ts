// Arabic: every text of the letters.
// Used by letters.ts; the type names every text that must be here. Requests are worded with "please" and a verbal noun,
// which is the same for women and men.
import type { InvitationWords, LetterTexts } from '../letter-texts';

const person = { host: 'المضيف', guest: 'الضيف' } as const;

const changedWords = { title: 'العنوان', location: 'المكان', videoUrl: 'رابط الانضمام' } as const;
const list = new Intl.ListFormat('ar', { type: 'conjunction' });

/** What the calendar entry of an invitation says; letters say it too. */
const invitation: InvitationWords = {
  howToAnswer: 'يُرجى قبول الدعوة أو رفضها باستخدام أزرار التقويم أو برنامج البريد.',
  organizerWrites: (reason) => `رسالة من المنظّم: ${reason}`,
  join: 'الانضمام عبر الإنترنت',
  askNewTime: (other) =>
    `هل الموعد غير مناسب؟ يُرجى فتح هذا الرابط واقتراح موعد آخر؛ سنسأل ${person[other]}، ولا حاجة إلى تسجيل الدخول:`,
};

export const letters: LetterTexts = {
  invitation,
  subjects: {
    invite: (title) => `${title} — دعوة`,
    update: (title) => `${title} — موعد جديد`,
    cancel: (title) => `${title} — أُلغيت الجلسة`,
    proposal: (title) => `الموافقة على الموعد الجديد: ${title}؟`,
  },
  until: 'إلى',
  labels: {
    when: 'الموعد',
    now: 'الموعد الحالي للجلسة',
    before: 'الموعد السابق',
    earlier: 'طلب سابق',
    declined: 'مرفوض',
    proposed: 'الموعد المقترح',
    newTime: 'الموعد الجديد',
    where: 'المكان',
    join: invitation.join,
  },
  invite: {
    heading: 'دعوة إلى جلسة',
    intro: (other) => `هذه هي الدعوة إلى جلستك مع ${person[other]}.`,
  },
  update: {
    heading: 'تغيّر الموعد',
    intro: (other) => `لجلستك مع ${person[other]} موعد جديد. يُرجى الرد من جديد بشأن الموعد الجديد.`,
    approvedByYou: (other) =>
      `لقد وافقت على الموعد الجديد لجلستك مع ${person[other]}؛ يُرجى قبول الموعد الجديد في تقويمك أيضًا.`,
    approvedByOther: (other) => `وافق ${person[other]} على الموعد الذي اقترحته؛ يُرجى قبول الموعد الجديد في تقويمك.`,
    unchanged: (other) => `هذه هي البيانات الحالية لجلستك مع ${person[other]}.`,
    changedHeading: 'تغيّرت الجلسة',
    changed: (other, what) =>
      `تغيّر ما يلي في جلستك مع ${person[other]}: ${list.format(what.map((each) => changedWords[each]))}.`,
    titleBefore: 'العنوان السابق',
    whereBefore: 'المكان السابق',
    requestClosed: 'أُغلق طلبك لموعد جديد بسبب هذا التغيير.',
  },
  organizerWrites: invitation.organizerWrites,
  cancel: {
    heading: 'أُلغيت الجلسة',
    intro: (other) => `لن تُعقد جلستك مع ${person[other]}.`,
    declinedByYou: 'لقد رفضت الدعوة، لذلك أُلغيت الجلسة للطرفين.',
    declinedByOther: (other) => `رفض ${person[other]} الدعوة، لذلك أُلغيت الجلسة.`,
    description: 'أُلغيت هذه الجلسة.',
    withdrawn: 'سحب المنظّم دعوتك إلى هذه الجلسة.',
  },
  proposal: {
    heading: (other) => `${person[other]} يطلب موعدًا جديدًا`,
    intro: (other) =>
      `يرغب ${person[other]} في تغيير موعد الجلسة. عند الموافقة يُحدَّث التقويمان. وعند الرفض لا يتغيّر شيء.`,
    undone: (other) => `كنت قد وافقت على طلب سابق. ثم طلب ${person[other]} موعدًا آخر، لذلك لم تصبح موافقتك نافذة.`,
    note: (other) => `رسالة من ${person[other]}`,
    approve: 'الموافقة على الموعد الجديد',
    decline: 'الرفض والإبقاء على الموعد الحالي',
    introSeveral: (other) =>
      `يرغب ${person[other]} في تغيير موعد الجلسة ويقترح عدة مواعيد. عند الموافقة على أحدها يُحدَّث التقويمان. وعند الرفض لا يتغيّر شيء.`,
    option: (number) => `الموعد ${number}`,
    approveOption: (option) => `الموافقة: ${option}`,
    declineAll: 'رفض الكل والإبقاء على الموعد الحالي',
    validUntil: (moment) => `يمكنك اتخاذ القرار حتى: ${moment}.`,
    instead: {
      heading: (other) => `${person[other]} يقترح موعدًا آخر`,
      intro: (other) =>
        `الموعد الذي اقترحته لا يناسب ${person[other]}، ولذلك اقترح موعدًا آخر. عند الموافقة عليه يُحدَّث التقويمان. وعند الرفض لا يتغيّر شيء.`,
      introSeveral: (other) =>
        `الموعد الذي اقترحته لا يناسب ${person[other]}، ولذلك اقترح مواعيد أخرى. عند الموافقة على أحدها يُحدَّث التقويمان. وعند الرفض لا يتغيّر شيء.`,
    },
    suggest: {
      ask: 'لاقتراح موعد آخر بدلًا من ذلك، يُرجى فتح هذا الرابط؛ وعند إرسال الموعد يُرفض هذا الطلب:',
      button: 'اقتراح موعد آخر',
    },
  },
  proposalSent: {
    subject: (title) => `طلب موعد جديد: ${title}`,
    heading: 'أُرسل طلبك',
    intro: (other) => `سألنا ${person[other]} عن الموعد الجديد. تبقى الجلسة في موعدها الحالي إلى أن تأتي الموافقة.`,
    undone: (other) =>
      `كان ${person[other]} قد وافق على طلبك السابق. وقد حلّ طلبك الجديد محله، لذلك لم تصبح تلك الموافقة نافذة.`,
    instead: (other) => `وبذلك رفضت ما طلبه ${person[other]}.`,
  },
  proposalDeclined: {
    subject: (title) => `رُفض الموعد الجديد: ${title}`,
    heading: 'رُفض الموعد الجديد',
    byOther: (other) => `الموعد الذي اقترحته لا يناسب ${person[other]}.`,
    byNobody: {
      unfit: 'تعذّر قبول الموعد الذي اقترحته: إما أنه مضى، أو ليست له مدة، أو أن الجلسة قد بدأت.',
      stale: 'تعذّر قبول الموعد الذي اقترحته: تغيّر موعد الجلسة بعد الدعوة التي كان ردك عليها.',
      notAllowed: 'تعذّر قبول الموعد الذي اقترحته: لا يمكن اقتراح مواعيد جديدة لهذه الجلسة.',
    },
    stays: 'تبقى الجلسة في موعدها الحالي.',
  },
  proposalExpired: {
    subject: (title) => `لا رد بعد بشأن الموعد الجديد: ${title}`,
    heading: 'انتهت صلاحية طلبك',
    unanswered: (other) => `لم يردّ ${person[other]} على طلبك لموعد جديد.`,
    lapsed: 'لم يعد طلبك لموعد جديد مناسبًا للجلسة، فلم يعد ساريًا.',
    otherChanged: (other) => `حلّ شخص آخر محل ${person[other]}، لذلك أُغلق طلبك لموعد جديد.`,
    stays: 'تبقى الجلسة في موعدها الحالي.',
  },
  freshLink: {
    subject: (title) => `رابطك: ${title}`,
    heading: 'إليك رابطك الجديد',
    intro: 'هذا هو الرابط الجديد الذي طلبته. قد لا تعمل الروابط السابقة بعد الآن.',
  },
  claims: {
    accepted: 'قبول الدعوة',
    declined: 'رفض الدعوة',
    tentative: 'الحضور غير مؤكد',
    newTime: 'اقتراح موعد آخر',
  },
  unconfirmedAnswer: {
    subject: (title) => `يُرجى تأكيد ردك: ${title}`,
    heading: 'هل هذا ردك؟',
    intro: 'وصلتنا رسالة فيها ردك بشأن هذه الجلسة، لكننا لسنا متأكدين من أنها منك. ولم تغيّر شيئًا حتى الآن.',
    says: 'مضمون الرد',
    ask: 'إن كان الرد منك، يُرجى فتح هذا الرابط وتأكيده هناك:',
    button: 'عرض الرد',
    otherwise: 'إن لم يكن منك، فلا حاجة إلى فعل أي شيء.',
  },
  textAnswer: {
    subject: (title) => `بشأن رسالتك عن: ${title}`,
    heading: 'وصلتنا رسالتك',
    intro: (other) => `هذا الصندوق البريدي يقرؤه برنامج آلي: لم تُنقل رسالتك إلى ${person[other]}، ولم يتغيّر شيء.`,
    unreadable: {
      encrypted: (other) =>
        `رسالتك مشفّرة، ولا يمكننا قراءتها. لم يتغيّر شيء، ولم يُنقل أي شيء إلى ${person[other]}. يُرجى الرد دون تشفير، أو استخدام الرابط أدناه.`,
      time: (other) =>
        `اقترح تقويمك موعدًا جديدًا، لكننا لم نتمكن من معرفة الموعد المقصود. لم يتغيّر شيء، ولم يُنقل أي شيء إلى ${person[other]}. يُرجى اختيار الموعد من الرابط أدناه.`,
    },
    askTime: 'إن كان الموعد المقترح مناسبًا، يُرجى فتح هذا الرابط؛ فالنموذج معبّأ به مسبقًا:',
    askNoTime: 'لطلب موعد آخر، يُرجى فتح هذا الرابط:',
    confirm: {
      accepted: 'لقبول الدعوة، يُرجى فتح هذا الرابط والتأكيد هناك:',
      tentative: 'للرد بـ«ربما»، يُرجى فتح هذا الرابط والتأكيد هناك:',
      declined: 'لرفض الدعوة، يُرجى فتح هذا الرابط والتأكيد هناك:',
      declinedForBoth: 'لرفض الدعوة وإلغاء الجلسة للطرفين، يُرجى فتح هذا الرابط والتأكيد هناك:',
    },
    buttons: {
      time: 'طلب هذا الموعد',
      noTime: 'طلب موعد جديد',
      accepted: 'قبول الدعوة',
      tentative: 'الرد بـ«ربما»',
      declined: 'رفض الدعوة',
    },
  },
  howToAnswer: invitation.howToAnswer,
  answerLink: {
    invited: 'إن لم تظهر هذه الأزرار، يتيح هذا الرابط القبول أو الرد بـ«ربما» أو الرفض أو طلب موعد آخر:',
    text: 'للقبول أو الرد بـ«ربما» أو الرفض بدلًا من ذلك، يُرجى فتح هذا الرابط:',
    button: 'الرد من هنا',
  },
  reschedule: {
    ask: {
      invited: invitation.askNewTime,
      pending: () => 'لطلب موعد آخر غيره، يُرجى فتح هذا الرابط؛ فالطلب الأحدث يحلّ محل هذا الطلب:',
      again: (other) => `لاقتراح موعد آخر، يُرجى فتح هذا الرابط؛ سنسأل ${person[other]}، ولا حاجة إلى تسجيل الدخول:`,
    },
    button: 'طلب موعد جديد',
  },
  colon: ':',
  buttonTrouble: 'إن لم يعمل أحد الأزرار، فهذه هي الروابط:',
  linksAreYours: 'الروابط في هذه الرسالة تخصّك وحدك، فيُرجى عدم إعادة توجيهها.',
  privacy: (other) => `لا يرى أيٌّ منكما، أنت و${person[other]}، عنوان الآخر.`,
};
