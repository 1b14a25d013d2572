// Japanese words for days and times of day, by their meaning, one a line; lexicon.ts says what each meaning is.
import type { Phrases } from '../compile';

export const ja: Phrases = {
  'weekday 0': `
日曜日
日曜
(日)
`,
  'weekday 1': `
月曜日
月曜
(月)
`,
  'weekday 2': `
火曜日
火曜
(火)
`,
  'weekday 3': `
水曜日
水曜
(水)
`,
  'weekday 4': `
木曜日
木曜
(木)
`,
  'weekday 5': `
金曜日
金曜
(金)
`,
  'weekday 6': `
土曜日
土曜
(土)
`,
  'day 0': `
今日
本日
きょう
`,
  'day 1': `
明日
あした
あす
翌日の明日
`,
  'day 2': `
明後日
あさって
`,
  'day 3': 'しあさって',
  'day -1': `
昨日
きのう
一昨日
おととい
`,
  'day 0 evening': `
今夜
今晩
今夕
`,
  'day 0 morning': '今朝',
  'day 0 afternoon': `
今日の午後
本日午後
`,
  'day 1 morning': `
明朝
明日の朝
`,
  'day 1 evening': `
明晩
明日の夜
明日の晩
`,
  'same day': `
同じ日
当日
その日
`,
  coming: `
今度の
次の
`,
  'this week': `
今週の
今週
`,
  last: `
先週の
先週
前回の
`,
  'next week': `
来週の
来週
`,
  unread: `
週の
日後
日前
再来週
週末
来月
今月
毎日
毎週
別の日
他の日
翌日
前日
翌週
平日
休日
祝日
正月
クリスマス
年末
年始
月末
週間
ヶ月
か月
次の日
第1
第2
第3
第一
第二
第三
`,
  'part morning': `
午前
午前中
朝
am
`,
  'part afternoon': `
午後
昼
pm
`,
  'part evening': `
夜
夕方
晩
`,
  noon: `
正午
お昼の12時
`,
  midnight: `
深夜0時
真夜中
`,
  hour: '時',
  'span hours': '時間',
  minutes: '分',
  days: `
日間
日後
`,
  'date year': '年',
  'date month': '月',
  'date day': '日',
  at: `
に
ごろ
頃
時間は
`,
  from: '開始',
  after: '以降',
  to: `
から
～
まで
より
終了
`,
  and: 'と',
  or: `
か
または
もしくは
あるいは
`,
  'plus 30': '半',
  'number 1': '一',
  'number 2': '二',
  'number 3': '三',
  'number 4': '四',
  'number 5': '五',
  'number 6': '六',
  'number 7': '七',
  'number 8': '八',
  'number 9': '九',
  'number 10': '十',
  'number 11': '十一',
  'number 12': '十二',
  fill: `
の
は
に
日時
日付
も
`,
  limit: `
までに
以前
`,
  not: `
別の会議
別の予定
予定があり
会議があり
できません
出来ません
難しい
無理
都合が悪い
都合がつきません
参加できない
不可
空いていません
行けません
行けない
できない
だめ
以外
厳しい
埋まって
`,
  postnot: `
ではなく
じゃなく
ではなくて
の代わりに
`,
  turn: `
ですが
けど
しかし
でも
なら
ならば
であれば
いかが
むしろ
`,
  'no day': `
おはよう
こんにちは
こんばんは
良い週末を
よい週末を
良い一日を
`,
  invite: `
問題ありません
差し支えなければ
よろしければ
かまいません
構いません
できませんか
難しければ
無理なら
`,
  move: `
変更
移動
ずらし
`,
};
