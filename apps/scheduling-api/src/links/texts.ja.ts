// Japanese: everything that pages say.
// Used by languages.ts; the type names every text that must be here.
import { lengthIn } from '#words';
import type { Texts } from './texts';

const person = { host: 'ホストの方', guest: 'ゲストの方' } as const;

const length = lengthIn('ja');

export const ja: Texts = {
  until: '〜',
  or: (times) => new Intl.ListFormat('ja', { type: 'disjunction' }).format(times),
  labels: {
    now: 'セッションの現在の日時',
    wasPlanned: '予定されていた日時',
    proposed: '提案された日時',
    newTime: '新しい日時',
    asked: '希望の日時',
    notAgreed: '提案のみ、未確定',
  },
  elsewhere: '他のタイムゾーンでの時刻',
  addToCalendar: 'カレンダーに追加',
  footer: (other) =>
    `このページはご本人専用です。リンクを他の人に渡さないでください。${person[other]}との間で、お互いのメールアドレスは表示されません。`,
  form: {
    heading: '新しい日時の依頼',
    intro: (other) =>
      `ご都合のよい日時をお選びください。${person[other]}に確認します。承認されるまで、セッションの日時は変わりません。`,
    likely: '候補から選ぶ',
    newTime: '新しい日時',
    date: '日付',
    start: '開始時刻',
    length: '長さ',
    sameLength: (minutes) => `${minutes}（現在と同じ）`,
    minutes: (count) => length(count).replaceAll(' ', ''),
    zone: (zone) => `時刻のタイムゾーン：${zone}`,
    otherZone: '別のタイムゾーンを使う',
    zoneLabel: 'タイムゾーン',
    showZone: 'このタイムゾーンを使う',
    note: (other) => `${person[other]}へのメッセージ（任意）`,
    noteHint: '500文字まで。メールアドレスは取り除かれます。',
    submit: 'この日時を依頼する',
    submitSeveral: 'これらの日時を依頼する',
    addTime: '別の日時を追加する',
    otherTime: '別の日時（任意）',
    ownPending: (time) => `すでに次の日時を依頼されています：${time}。新しく依頼すると置き換わります。`,
    otherPending: (other, time) =>
      `${person[other]}が次の日時を希望されています：${time}。メールのリンクから回答できます。`,
    suggestIntro: (other, time) =>
      `${person[other]}が次の日時を希望されています：${time}。別の日時を送信すると、この依頼は不承認となり、その日時を${person[other]}に確認します。承認されるまで、セッションの日時は変わりません。`,
    faults: {
      'bad-date': '日付を入力してください。',
      'bad-time': '時刻を入力してください。',
      'skipped-time': 'この時間帯に時計が進められるため、その日にはこの時刻がありません。別の時刻をお選びください。',
      'repeated-time':
        'この時間帯に時計が戻されるため、その日にはこの時刻が2回あります。どちらの時刻かお選びください。',
      'bad-length': 'セッションの長さをお選びください。',
      'start-in-past': 'この日時はすでに過ぎています。これより後の日時をお選びください。',
      'end-not-after-start': '終了は開始より後にしてください。',
      'no-new-time': 'これは現在の日時です。別の日時をお選びください。',
      'times-alike': 'この日時は2回入力されています。別の日時をお選びください。',
      'too-long': 'メッセージが500文字を超えています。',
      'control-character': 'メッセージに表示できない文字が含まれています。',
    },
    whichOne: 'どちらの時刻ですか？',
    first: '1回目',
    second: '2回目',
    check: 'ご依頼の内容をご確認ください',
  },
  sent: {
    heading: 'ご依頼を送信しました',
    body: (other) => `${person[other]}にメールで確認します。承認されるまで、セッションは現在の日時のままです。`,
    wrote: '送信したメッセージ',
    until: (moment) => `ご依頼の有効期限：${moment}`,
    instead: (other, time) => `これに伴い、${person[other]}からの依頼は不承認となりました：${time}。`,
  },
  decision: {
    heading: (other) => `${person[other]}から日時変更の依頼が届いています`,
    body: '承認すると、双方のカレンダーが更新されます。承認しない場合は、何も変わりません。',
    wrote: (other) => `${person[other]}からのメッセージ`,
    approve: '新しい日時を承認する',
    decline: '承認せず、現在の日時のままにする',
    until: (moment) => `ご回答の期限：${moment}`,
    bodySeveral: 'いずれかの日時を承認すると、双方のカレンダーが更新されます。承認しない場合は、何も変わりません。',
    option: (number) => `候補${number}`,
    approveOption: 'この日時を承認する',
    declineAll: 'すべて承認せず、現在の日時のままにする',
    suggest: '別の日時を提案する',
    suggested: (other) => ({
      heading: '別の日時を提案しました',
      body: `これに伴い、${person[other]}からの依頼は不承認となりました。`,
    }),
    instead: (other) => ({
      heading: `${person[other]}から別の日時の提案が届きました`,
      body: `ご希望の日時では、${person[other]}のご都合が合いませんでした。`,
    }),
    ownOpen: (time) => `ご自身の依頼も回答待ちです：${time}。こちらを承認すると、その依頼は終了します。`,
    undone: '取り消しました。何も変わっていません。もう一度お選びいただけます。',
    contested: '両方のリンクが開かれたため、まだ決まっていません。ボタンでお選びください。',
    buttonsOnly: 'まだ何も決まっていません。ボタンでお選びください。',
    held: {
      approve: () => ({
        heading: '新しい日時を承認します',
        body: '双方のカレンダーがメールで更新されます。',
      }),
      decline: (other) => ({
        heading: '新しい日時を承認しません',
        body: `セッションは現在の日時のままです。${person[other]}にお知らせします。`,
      }),
    },
    effective: (seconds) => `約${seconds}秒後に確定します。それまでは取り消せます。このページを閉じても構いません。`,
    undo: '取り消す',
    approved: {
      heading: '新しい日時が決まりました',
      body: 'ご承認いただきました。双方のカレンダーがメールで更新されます。ご自身のカレンダーで新しい日時に「参加」とご回答ください。',
    },
    declined: (other) => ({
      heading: '新しい日時は承認されませんでした',
      body: `承認されなかったため、何も変わっていません。${person[other]}にお知らせします。`,
    }),
    decidedBefore: 'この件はすでに決まっています。今回のクリックでは何も変わっていません。',
    nothingHeld: '取り消すものはありませんでした。',
    lapsedHeading: 'ご回答は有効になりませんでした',
    lapsed: {
      'other-approved': 'その間に、別の新しい日時が決まりました。',
      replaced: 'その間に、より新しい依頼に置き換わりました。',
      'room-cancelled': 'その間に、セッションは中止になりました。',
      'older-sequence': 'その間に、セッションの日時が変更されました。',
      'room-moved': 'その間に主催者がセッションを変更したため、この依頼は終了しました。',
      'attendee-changed': 'その間に参加者が変わったため、この依頼は終了しました。',
      'proposal-expired': '提案された日時は、その時点ですでに過ぎていました。',
    },
  },
  answer: {
    heading: '参加されますか？',
    body: '回答をお選びください。ボタンを押すまで、何も送信されません。',
    soFar: {
      accepted: '「参加」と回答されています。回答はまだ変更できます。',
      tentative: '「未定」と回答されています。回答はまだ変更できます。',
      declined: '「不参加」と回答されています。回答はまだ変更できます。',
    },
    strict: (other) => `不参加の場合、セッションは${person[other]}の分も含めて中止になります。`,
    buttons: { accepted: '参加する', tentative: '未定', declined: '参加しない' },
    note: '主催者へのメッセージ（任意）',
    noteHint: '300文字まで。主催者だけが見られます。メールアドレスは取り除かれます。',
    faults: {
      choose: '回答を一つお選びください。',
      note: 'メッセージを受け付けられませんでした。短くしてください。',
    },
    done: {
      accepted: { heading: '「参加」と回答しました', body: 'ありがとうございます。回答を記録しました。' },
      tentative: { heading: '「未定」と回答しました', body: '回答を記録しました。' },
      declined: { heading: '「不参加」と回答しました', body: '回答を記録しました。セッションの予定はそのままです。' },
    },
    cancelled: (other) => `不参加と回答されたため、セッションは${person[other]}の分も含めて中止になりました。`,
    mayChange: 'セッションが始まるまで、回答を変更できます。',
    change: '回答を変更する',
    otherTimeAsk: 'ご都合が合いませんか？',
    otherTime: '新しい日時を依頼する',
  },
  notices: {
    used: (other, waiting) => ({
      heading: waiting ? 'ご依頼を送信しました' : 'このリンクは使用済みです',
      body: waiting
        ? `${person[other]}からご回答があり次第、お知らせします。`
        : 'このリンクから依頼が送信されました。各リンクは一度だけ使えます。',
    }),
    expiredLink: {
      heading: 'このリンクの期限が切れました',
      body: 'このリンクはもう使えませんが、新しいリンクをすぐにお送りできます。',
    },
    expiredProposal: (other) => ({
      heading: 'この依頼の期限が切れました',
      body: `${person[other]}に回答できる期限が過ぎました。セッションは現在の日時のままです。`,
    }),
    replaced: (other) => ({
      heading: 'より新しい依頼があります',
      body: `その後、${person[other]}が別の日時を希望されました。最新のメールのリンクをお使いください。`,
    }),
    older: {
      heading: 'その後、セッションの日時が変更されました',
      body: 'この依頼は以前の日時についてのものなので、もう回答できません。',
    },
    optionPassed: {
      heading: 'この日時は過ぎました',
      body: 'もう承認できません。セッションは現在の日時のままです。',
    },
    answerOutdated: {
      heading: 'その後、セッションの日時が変更されました',
      body: 'このリンクは以前の日時についてのものです。最新のメールのリンクをお使いください。',
    },
    answerTooLate: {
      heading: 'セッションは始まりました',
      body: 'このリンクから招待に回答することは、もうできません。',
    },
    cancelled: {
      heading: 'セッションは中止になりました',
      body: 'セッションは行われません。お決めいただくことはもうありません。',
    },
    cancelledSince: 'その後、セッションは中止になりました。',
    started: { heading: 'セッションは始まりました', body: '日時はもう変更できません。' },
    notAllowed: {
      heading: '日時は変更できません',
      body: 'このセッションでは別の日時を提案できません。参加または不参加は、引き続きカレンダーから回答できます。',
    },
    own: (other) => ({
      heading: 'これはご自身の依頼です',
      body: `承認するかどうかを決められるのは、${person[other]}だけです。`,
    }),
    notBooked: { heading: 'まだ予約されていません', body: '新しい日時を確認する相手がまだいません。' },
    former: {
      heading: 'このリンクの期限が切れました',
      body: 'この招待は取り消されました。お手続きはもう必要ありません。',
    },
    unknown: {
      heading: 'このリンクは使えません',
      body: 'メールのリンク全体を開いたかどうかをご確認ください。メールソフトによっては、リンクが途中で切れることがあります。それでも開けない場合は、メールに一言ご返信ください。新しいリンクをお送りします。',
    },
    nowhere: {
      heading: 'このアドレスにはページがありません',
      body: 'メールのリンク全体をもう一度開いてください。それでも開けない場合は、メールに一言ご返信ください。新しいリンクをお送りします。',
    },
    crossSite: {
      heading: 'メールのリンクを開いてください',
      body: 'このリクエストは別のウェブサイトから送られたため、何も変更されていません。',
    },
    tooMany: {
      heading: '少しお待ちください',
      body: 'アクセスが集中しました。1分後にもう一度リンクを開いてください。',
    },
    tooManyProposals: (until) => ({
      heading: '今はこれ以上依頼できません',
      body: `1日に依頼できる回数に達しました。次の日時以降に再び依頼できます：${until}`,
    }),
    mailLimit: (other, until) => ({
      heading: '今はこれ以上依頼できません',
      body: `このセッションについて${person[other]}に送れるメールの数に達したため、ご依頼は送信されませんでした。次の日時以降に再び依頼できます：${until}`,
    }),
    trouble: {
      heading: '問題が発生しました',
      body: '何も変更されていません。しばらくしてからもう一度お試しください。',
    },
  },
  fresh: {
    ask: '日時を提案されますか？このリンクの宛先のメールアドレスに、新しいリンクをお送りします。',
    button: '新しい日時を依頼する',
    done: {
      heading: 'メールをご確認ください',
      body: 'このリンクの宛先のメールアドレスに、新しいリンクをお送りします。1分ほどかかることがあります。すでにご依頼いただいた直後の場合や、今日何度もご依頼いただいた場合は、お手元のメールをお使いください。',
    },
  },
};
