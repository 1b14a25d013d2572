// Decides which lines of a reply are quoted: marked lines, attributions, header blocks and dividers of mail programs in any common language.
// Called by visible-text.ts, and by bounce-prose.ts to tell a forwarded report from one of its own.

/** How programs say that somebody wrote, at the end of an attribution or before its address. */
const wrote =
  /(?<!\p{L})(?:wrote|writes|schrieb|schreibt|hat (?:.{0,60}\s)?geschrieben|écrit|a écrit|écrivit|escribió|escribio|escribe|scritto|scrive|escreveu|escribiu|va escriure|schreef|geschreven|heeft|skrev|kirjoitti|napisał(?:\(a\)|a)?|pisze|napsala?|napísala?|írta|ezt írta|a scris|yazdı|şunları yazdı|έγραψε|написал(?:а|\(а\))?|пишет|пише|написав|wrote the following|menulis|đã viết)(?!\p{L})|写道|寫道|写到|のメッセージ|書きました|さんが|님이 작성|작성|كتب|כתב/iu;

const address = /<?[^\s<>()"']{1,64}@[^\s<>()"',;:]{1,255}>?/;
/** A clock time, a year or a numeric date. */
const dated = /\d{1,2}[:.h時点시]\s?\d{2}|\b(?:19|20)\d{2}\b|(?:19|20)\d{2}\s?[年년]|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}/;
/** A day with its year and a clock time. */
const wholeDate = /^(?=.*(?:\b(?:19|20)\d{2}(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2}\b)).*\d{1,2}[:.h時点시]\s?\d{2}/;
/** How attributions begin, for those folded right after it. */
const begins =
  /^(?:on|am|le|el|il|op|den|em|em|dia|w dniu|dnia|dne|pe|ti|ke|to|la|il giorno|in data|at|vào|pada|στις|在|於)\b/i;

/** Whether up to four lines, joined, say when and who, or who wrote. `above`: a quoted line stands right below. */
function isAttribution(joined: string, above: boolean): boolean {
  const text = joined.replace(/^[-–—*\s]+|[-–—*\s]+$/g, '').replace(/\s+/g, ' ');
  if (text.length > 350 || !/[:：]$/.test(text)) return false;
  // `Meet <a@b.example> wrote:`
  if (wrote.test(text)) return [dated, address].some((sign) => sign.test(text)) || text.length < 80;
  // `Quoting a@b.example:`, `Meet, 5 Jan 2026 15:04:`: what a quote follows needs no verb.
  return above && text.length < 160
    ? [address, wholeDate].some((sign) => sign.test(text))
    : dated.test(text) && namesWriter(text);
}

/** A date and an address in brackets, or `5. Jan. 2026, 15:04 von a@b.example:`, with nothing else. */
const namesWriter = (text: string): boolean =>
  (address.test(text) && /^(?:\S+\s){0,14}\S*\d/.test(text) && /[>)\]"]\s?[:：]$/.test(text)) ||
  /^\S{0,12}\s?\d.{4,60}\s\p{L}{2,4} [^\s@]+@[^\s@]+[:：]$/u.test(text);

/** Without a colon: `On … a@b.example wrote`, a date with nothing but a writer's address or zone behind it, and Notes' `Meet ---01/05/2026 03:04:05 PM---Hello`. */
const isBareAttribution = (text: string): boolean =>
  text.length < 160 &&
  ((wholeDate.test(text) && address.test(text) && endsInVerb.test(text)) ||
    /^(?:19|20)\d{2}[-/]\d{1,2}[-/]\d{1,2} (?:\S+ ){0,6}(?:<[^\s<>@]+@[^\s<>@]+>|GMT[+-]\d\d:\d\d(?: [\p{L}.-]+){1,3})$/u.test(
      text,
    ) ||
    /^.{1,60}---\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4} .{4,20}---/.test(text));
const endsInVerb = new RegExp(`(?:${wrote.source})$`, 'iu');

/** The number of lines, from `at`, that make an attribution; 0 for none. Blank lines and quoted ones never belong to it. */
function attributionAt(lines: readonly string[], at: number): number {
  const first = lines[at] ?? '';
  if (first.trim() === '' || first.length > 350) return 0;
  if (isBareAttribution(first.replace(/^[-–—*\s]+|[-–—*\s]+$/g, ''))) return 1;
  const last = lines.slice(at, at + 4).findIndex((line) => /[:：][-–—*\s]*$/.test(line));
  if (last < 0 || (last > 0 && !opensAttribution(first))) return 0;
  const folded = lines.slice(at, at + last + 1);
  const above = nextFilled(lines, at + last).some((next) => isMarked(lines[next] ?? ''));
  return !folded.some(isMarked) && !folded.some(isGap) && isAttribution(folded.join(' '), above) ? last + 1 : 0;
}

/** Some programs leave a blank line behind the address of a folded attribution; any other blank line ends it. */
const isGap = (line: string, index: number, folded: readonly string[]): boolean =>
  line.trim() === '' && !/@\S*$/.test((folded[index - 1] ?? '').trim());

const opensAttribution = (line: string): boolean => begins.test(line.trim()) || dated.test(line) || address.test(line);

/** Whether a line is marked as quoted. A `>` may stand behind the quoter's initials. */
export const isMarked = (line: string): boolean => /^[ \t\u00a0]{0,8}(?:[A-Z]{1,4})?(?:>|&gt;|＞)/.test(line);

const from =
  /^(?:from|von|de|da|van|från|fra|od|lähettäjä|kimden|gönderen|feladó|expéditeur|expediteur|remitente|mittente|remetente|afzender|avsändare|afsender|avsender|nadawca|odesílatel|odosielateľ|от(?: кого)?|від|από|de la|发件人|發件人|寄件者|寄件人|差出人|送信者|送信元|보낸 ?사람|发送人|dari|từ|من|מאת)$/iu;
const others =
  /^(?:sent|date|message du|to|cc|subject|reply[- ]to|importance|gesendet|datum|an|kopie|betreff|envoyé(?: le)?|à|objet|copie|enviad[oa](?: el| em)?|fecha|para|asunto|assunto|data|inviato|oggetto|a|verzonden|aan|onderwerp|skickat|till|ämne|sendt|til|emne|lähetetty|päivämäärä|vastaanottaja|kopio|aihe|wysłano|do|temat|odesláno|komu|předmět|gönderildi|tarih|kime|konu|elküldve|címzett|tárgy|отправлено|дата|кому|тема|копия|надіслано|发送时间|發送時間|时间|日期|寄件日期|收件人|收件者|主题|主題|抄送|送信日時|日時|宛先|件名|보낸 ?날짜|날짜|받는 ?사람|제목|sent on|ngày|đến|message-id|attachments?)$/iu;
const labelled =
  /^[ \t\u00a0]{0,8}[*_]{0,2}([\p{L}][\p{L}'’ .-]{0,24}?)[*_]{0,2}\s?[*_]{0,2}[:：][*_]{0,2}(?:\s*(.*))$/u;

/** `From: … Sent: … Subject: …` in some language: at least two labels, the first of them the writer's, or three others in a row. */
function isHeaderBlock(lines: readonly string[], at: number): boolean {
  const [, label = '', value = ''] = labelled.exec((lines[at] ?? '').slice(0, 300)) ?? [];
  // "From: 3pm" is somebody's sentence.
  if (label === '' || /^\d{1,2}\s*[:.h]?\s*(?:\d{2}|[ap]m\b|uhr)/i.test(value)) return false;
  const following = lines
    .slice(at + 1, at + 9)
    .filter((line) => line.trim() !== '')
    .slice(0, 5);
  const labels = following.map((line) => labelled.exec(line.slice(0, 300))?.[1]?.trim() ?? '');
  const known = labels.filter((each) => others.test(each) || from.test(each)).length;
  if (from.test(label.trim()))
    return known >= 2 || (known === 1 && (address.test(value) || labels[0] !== '') && value.length > 2);
  // Some put the date or the subject first.
  return others.test(label.trim()) && labels.slice(0, 3).some((each) => from.test(each)) && known >= 2;
}

/** Words that stand in the dividers of mail programs. */
const dividing =
  /origin|ursprüng|ursprung|oprindel|opprinnel|oorspronk|alkuperä|původní|pôvodn|eredeti|исходн|пересыл|переслан|пересилан|orijinal|forward|weitergeleitet|transf[eé]r|transmis|inoltrat|reenviad|encaminhad|doorgestuurd|vidarebefordra|videresend|edelleenlähet|przekazan|iletilen|原始|原邮件|轉寄|转发|轉發|元の|原文|전달|원본|reply above|antwort.{0,20}oberhalb|above this line/iu;

/** Whether a line is a divider that mail programs draw above the mail they answer or forward. */
function isDivider(lines: readonly string[], at: number): boolean {
  const line = (lines[at] ?? '').trim();
  if (line.length > 120) return false;
  // A rule, such as Outlook's of underscores, with a header block below.
  if (/^(?:_{3,}|={3,}|-{3,}|\*{3,})$/.test(line))
    return nextFilled(lines, at).some((next) => isHeaderBlock(lines, next));
  if (
    /^(?:begin forwarded message|anfang der weitergeleiteten (?:e-mail|nachricht)|début du message (?:réexpédié|transféré)|inizio messaggio inoltrato|inicio del mensaje reenviado)\s*:$/iu.test(
      line,
    )
  )
    return true;
  const [, words] = /^[-–—_=*#>\s]{2,}([^-–—_=*#]{3,60}?)[-–—_=*#<\s]{2,}$/u.exec(line) ?? [];
  if (words !== undefined)
    return dividing.test(words) || nextFilled(lines, at).some((next) => isHeaderBlock(lines, next));
  return /^[-=*\s]{0,20}(?:reply above this line|please (?:type|write) your reply above)/i.test(line);
}

/** GroupWise: `>>> Meet <a@b.example> 05.01.2026 15:04 >>>`, and no mark on the lines below. */
const enclosed = /^>{2,3} (?=.{0,300}\d).{0,300} >{2,3}\s*$/;

function nextFilled(lines: readonly string[], at: number): number[] {
  for (let next = at + 1; next < Math.min(lines.length, at + 4); next++)
    if ((lines[next] ?? '').trim() !== '') return [next];
  return [];
}

/**
 * The lines that the writer typed, in order, quoted ones left out. What stands under an attribution whose quote is marked is kept
 * (answers below and between); an attribution without marks, a header block or a divider ends the writer's words.
 */
export function withoutQuote(lines: readonly string[]): string[] {
  const own: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (enclosed.test(line)) break;
    if (isMarked(line)) continue;
    if (isDivider(lines, at) || isHeaderBlock(lines, at)) break;
    const length = attributionAt(lines, at);
    if (length === 0) {
      own.push(line);
      continue;
    }
    const [next] = nextFilled(lines, at + length - 1);
    if (next === undefined || !isMarked(lines[next] ?? '')) break;
    at += length - 1;
  }
  return own;
}

/** The index of the first line that belongs to a mail quoted without marks; the number of lines where there is none. */
export function quoteStart(lines: readonly string[]): number {
  const found = lines.findIndex(
    (_, at) => isDivider(lines, at) || isHeaderBlock(lines, at) || attributionAt(lines, at) > 0,
  );
  return found < 0 ? lines.length : found;
}
