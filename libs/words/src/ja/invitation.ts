// Japanese: what the calendar entry of an invitation says.
// Used by letters.ts here; the type names every text that must be here.
import type { InvitationWords } from '../letter-texts';

const other = { host: 'ホスト', guest: 'ゲスト' } as const;

export const invitation: InvitationWords = {
  howToAnswer: 'カレンダーまたはメールソフトのボタンで、参加または不参加をお知らせください。',
  organizerWrites: (reason) => `主催者からの連絡：${reason}`,
  join: 'オンラインで参加',
  askNewTime: (role) =>
    `ご都合が合わない場合は、こちらのリンクを開いて別の日時をご提案ください。${other[role]}の方に確認します。ログインは不要です。`,
};
