// Japanese: every text of the letters.
// Used by letters.ts; the type names every text that must be here.
import type { InvitationWords, LetterTexts } from '../letter-texts';

const person = { host: 'ホストの方', guest: 'ゲストの方' } as const;

const changedWords = { title: 'タイトル', location: '場所', videoUrl: 'オンライン参加のリンク' } as const;
const list = new Intl.ListFormat('ja', { type: 'conjunction' });

/** What the calendar entry of an invitation says; letters say it too. */
const invitation: InvitationWords = {
  howToAnswer: 'カレンダーまたはメールソフトのボタンで、参加または不参加をお知らせください。',
  organizerWrites: (reason) => `主催者からの連絡：${reason}`,
  join: 'オンラインで参加',
  askNewTime: (role) =>
    `ご都合が合わない場合は、こちらのリンクを開いて別の日時をご提案ください。${person[role]}に確認します。ログインは不要です。`,
};

export const letters: LetterTexts = {
  invitation,
  subjects: {
    invite: (title) => `${title} — ご招待`,
    update: (title) => `${title} — 日時変更のお知らせ`,
    cancel: (title) => `${title} — 中止のお知らせ`,
    proposal: (title) => `「${title}」の日時変更を承認しますか？`,
  },
  until: '〜',
  labels: {
    when: '日時',
    now: 'セッションの現在の日時',
    before: '変更前の日時',
    earlier: '以前のご依頼',
    declined: '承認されなかった日時',
    proposed: '提案された日時',
    newTime: '新しい日時',
    where: '場所',
    join: invitation.join,
  },
  invite: {
    heading: 'セッションへのご招待',
    intro: (other) => `${person[other]}とのセッションへのご招待です。`,
  },
  update: {
    heading: '日時が変更されました',
    intro: (other) =>
      `${person[other]}とのセッションの日時が変わりました。新しい日時について、もう一度ご回答ください。`,
    approvedByYou: (other) =>
      `${person[other]}とのセッションの新しい日時をご承認いただきました。カレンダーでも新しい日時に「参加」とご回答ください。`,
    approvedByOther: (other) =>
      `ご提案いただいた日時を、${person[other]}が承認されました。カレンダーで新しい日時に「参加」とご回答ください。`,
    unchanged: (other) => `${person[other]}とのセッションの現在の内容です。`,
    changedHeading: 'セッションの内容が変更されました',
    changed: (other, what) =>
      `${person[other]}とのセッションで、次の内容が変更されました：${list.format(what.map((each) => changedWords[each]))}。`,
    titleBefore: '変更前のタイトル',
    whereBefore: '変更前の場所',
    requestClosed: 'この変更により、日時変更のご依頼は終了しました。',
  },
  organizerWrites: invitation.organizerWrites,
  cancel: {
    heading: 'セッションは中止になりました',
    intro: (other) => `${person[other]}とのセッションは行われません。`,
    declinedByYou: '招待を辞退されたため、お二人のセッションは中止になりました。',
    declinedByOther: (other) => `${person[other]}が招待を辞退されたため、セッションは中止になりました。`,
    description: 'このセッションは中止になりました。',
    withdrawn: '主催者がこのセッションへのご招待を取り消しました。',
  },
  proposal: {
    heading: (other) => `${person[other]}から日時変更の依頼が届きました`,
    intro: (other) =>
      `${person[other]}がセッションの日時の変更を希望されています。承認すると、双方のカレンダーが更新されます。承認しない場合は、何も変わりません。`,
    undone: (other) =>
      `以前の依頼をご承認いただいていましたが、その後${person[other]}が別の日時を希望されたため、その承認は有効になりませんでした。`,
    note: (other) => `${person[other]}からのメッセージ`,
    approve: '新しい日時を承認する',
    decline: '承認せず、現在の日時のままにする',
    introSeveral: (other) =>
      `${person[other]}がセッションの日時の変更を希望され、複数の候補を挙げています。いずれかを承認すると、双方のカレンダーが更新されます。承認しない場合は、何も変わりません。`,
    option: (number) => `候補${number}`,
    approveOption: (option) => `承認する：${option}`,
    declineAll: 'すべて承認せず、現在の日時のままにする',
    validUntil: (moment) => `ご回答の期限：${moment}`,
    instead: {
      heading: (other) => `${person[other]}から別の日時の提案が届きました`,
      intro: (other) =>
        `ご提案の日時では${person[other]}のご都合が合わず、別の日時が提案されました。承認すると、双方のカレンダーが更新されます。承認しない場合は、何も変わりません。`,
      introSeveral: (other) =>
        `ご提案の日時では${person[other]}のご都合が合わず、別の候補が提案されました。いずれかを承認すると、双方のカレンダーが更新されます。承認しない場合は、何も変わりません。`,
    },
    suggest: {
      ask: '代わりに別の日時を提案する場合は、こちらのリンクを開いてください。送信すると、この依頼は不承認となります。',
      button: '別の日時を提案する',
    },
  },
  proposalSent: {
    subject: (title) => `「${title}」の日時変更を依頼しました`,
    heading: 'ご依頼を送信しました',
    intro: (other) =>
      `新しい日時について、${person[other]}に確認しています。承認されるまで、セッションは現在の日時のままです。`,
    undone: (other) =>
      `${person[other]}は以前のご依頼を承認されていましたが、新しいご依頼に置き換わったため、その承認は有効になりませんでした。`,
    instead: (other) => `これに伴い、${person[other]}からの依頼は不承認となりました。`,
  },
  proposalDeclined: {
    subject: (title) => `「${title}」の日時変更は承認されませんでした`,
    heading: '新しい日時は承認されませんでした',
    byOther: (other) => `ご提案の日時では、${person[other]}のご都合が合いませんでした。`,
    byNobody: {
      unfit:
        'ご提案の日時は受け付けられませんでした。すでに過ぎているか、長さがないか、セッションがすでに始まっています。',
      stale: 'ご提案の日時は受け付けられませんでした。ご回答いただいた招待の後に、セッションの日時が変更されています。',
      notAllowed: 'ご提案の日時は受け付けられませんでした。このセッションでは新しい日時を提案できません。',
    },
    stays: 'セッションは現在の日時のままです。',
  },
  proposalExpired: {
    subject: (title) => `「${title}」の日時変更にまだ返答がありません`,
    heading: 'ご依頼の期限が切れました',
    unanswered: (other) => `日時変更のご依頼に、${person[other]}からの返答がありませんでした。`,
    lapsed: '日時変更のご依頼は、現在のセッションに合わなくなったため無効になりました。',
    otherChanged: (other) => `${person[other]}が変わったため、日時変更のご依頼は終了しました。`,
    stays: 'セッションは現在の日時のままです。',
  },
  freshLink: {
    subject: (title) => `「${title}」のリンク`,
    heading: '新しいリンクをお送りします',
    intro: 'ご依頼いただいた新しいリンクです。以前のリンクは使えなくなっている場合があります。',
  },
  claims: {
    accepted: '参加する',
    declined: '参加しない',
    tentative: '参加するかもしれない',
    newTime: '別の日時を提案する',
  },
  unconfirmedAnswer: {
    subject: (title) => `「${title}」への回答をご確認ください`,
    heading: 'ご自身の回答ですか？',
    intro:
      'このセッションへの回答のメールが届きましたが、ご本人からのものか確認できませんでした。今のところ、何も変更されていません。',
    says: '回答の内容',
    ask: 'ご自身の回答である場合は、こちらのリンクを開いて確定してください。',
    button: '回答を見る',
    otherwise: 'お心当たりがない場合は、何もしていただく必要はありません。',
  },
  textAnswer: {
    subject: (title) => `「${title}」についてのメッセージの件`,
    heading: 'メッセージを受け取りました',
    intro: (other) =>
      `このメールボックスはプログラムが読んでいます。メッセージは${person[other]}に伝わっておらず、何も変更されていません。`,
    unreadable: {
      encrypted: (other) =>
        `お送りいただいたメールは暗号化されているため、読み取れません。何も変更されておらず、${person[other]}にも何も伝わっていません。暗号化せずにご返信いただくか、下のリンクをご利用ください。`,
      time: (other) =>
        `カレンダーから新しい日時の提案が届きましたが、どの日時か判別できませんでした。何も変更されておらず、${person[other]}にも何も伝わっていません。下のリンクから日時をお選びください。`,
    },
    askTime: '提案された日時をご希望の場合は、こちらのリンクを開いてください。フォームには入力済みです。',
    askNoTime: '別の日時をご希望の場合は、こちらのリンクを開いてご依頼ください。',
    confirm: {
      accepted: 'セッションに参加する場合は、こちらのリンクを開いて確定してください。',
      tentative: '「未定」と回答する場合は、こちらのリンクを開いて確定してください。',
      declined: 'セッションに参加しない場合は、こちらのリンクを開いて確定してください。',
      declinedForBoth: '参加せず、お二人のセッションを中止する場合は、こちらのリンクを開いて確定してください。',
    },
    buttons: {
      time: 'この日時を依頼する',
      noTime: '新しい日時を依頼する',
      accepted: 'セッションに参加する',
      tentative: '「未定」と回答する',
      declined: 'セッションに参加しない',
    },
  },
  howToAnswer: invitation.howToAnswer,
  answerLink: {
    invited:
      'ボタンがない場合は、こちらのリンクを開いて、参加、未定、不参加のいずれかをお選びいただくか、別の日時をご依頼ください。',
    text: '参加、未定、不参加のいずれかを回答する場合は、こちらのリンクを開いてください。',
    button: 'ここで回答する',
  },
  reschedule: {
    ask: {
      invited: invitation.askNewTime,
      pending: () =>
        'さらに別の日時を依頼する場合は、こちらのリンクを開いてください。今回のご依頼は新しいご依頼に置き換わります。',
      again: (other) =>
        `別の日時を提案する場合は、こちらのリンクを開いてください。${person[other]}に確認します。ログインは不要です。`,
    },
    button: '新しい日時を依頼する',
  },
  colon: '：',
  buttonTrouble: 'ボタンが動作しない場合は、次のリンクをご利用ください。',
  linksAreYours: 'このメールのリンクはご本人専用です。転送しないでください。',
  privacy: (other) => `${person[other]}との間で、お互いのメールアドレスは表示されません。`,
};
