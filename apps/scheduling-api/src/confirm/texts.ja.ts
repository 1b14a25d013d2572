// Japanese: what the pages about an unconfirmed answer say.
// Used by texts.ts; the type names every text that must be here.
import type { ConfirmTexts } from './confirm-texts';

const person = { host: 'ホストの方', guest: 'ゲストの方' } as const;

export const ja: ConfirmTexts = {
  heading: 'ご自身の回答ですか？',
  body: '今のところ、何も変更されていません。ご自身の回答である場合にだけ確定してください。',
  claims: {
    accepted: () => 'このセッションに参加する、という回答です。',
    declined: () => 'このセッションに参加しない、という回答です。',
    tentative: () => 'このセッションに参加するかもしれない、という回答です。',
    'new-time': (other) =>
      `別の日時を提案する、という回答です。${person[other]}に確認します。承認されるまで、何も変わりません。`,
  },
  yes: {
    accepted: 'はい、参加します',
    declined: 'はい、参加しません',
    tentative: 'はい、参加するかもしれません',
    'new-time': 'はい、この日時を依頼します',
  },
  no: 'いいえ、何も変更しません',
  done: {
    accepted: {
      heading: '「参加」と回答しました',
      body: () => 'ありがとうございます。セッションは予定どおり行われます。',
    },
    declined: { heading: '「不参加」と回答しました', body: () => '回答を記録しました。' },
    tentative: { heading: '回答を記録しました', body: () => 'セッションの予定はそのままです。' },
    'new-time': {
      heading: 'ご依頼を送信しました',
      body: (other) =>
        `新しい日時について、${person[other]}に確認します。承認されるまで、セッションの日時は変わりません。`,
    },
  },
  dropped: { heading: '何も変更されませんでした', body: 'ご本人のものではない回答は、取り消されました。' },
  overtaken: {
    heading: 'この回答はもう有効ではありません',
    body: 'セッションが変更されたか、その後にご回答いただいています。この回答による変更はありません。',
  },
  used: { heading: 'すでに回答済みです', body: 'この確認にはすでに回答済みです。今回は何も変更されていません。' },
};
