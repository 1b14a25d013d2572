// Decides where a signature begins: after its own mark, at what a program appends, or at a closing with a block of contact data.
// Called by visible-text.ts on lines that are free of quotes already. In doubt a line is the writer's.

/** What phones, web mailers and scanners append to every mail. */
const appended = new RegExp(
  [
    // An English program's line, whatever the program or the phone.
    String.raw`^(?:sent|send|written|composed|typed) (?:from|with|via|by|using|on|through) (?:my|the|a|an|mobile|outlook|yahoo|mail|gmail|samsung|proton|proton ?mail|tutanota|tuta|spark|airmail|aol|gmx|web\.de|iphone|ipad|android|blackberry|windows|nine|edison|hey|superhuman|fastmail|zoho|mailbird|em client|thunderbird|bluemail|canary|cleanmail|k-9|newton|mobile)\b`,
    String.raw`^(?:get|download) (?:outlook|bluemail|typeapp|yahoo mail|spark|the new aol)\b`,
    String.raw`^sent via .{2,40}$`,
    // "… von meinem iPhone gesendet", "Gesendet mit der GMX App", "Diese Nachricht wurde von meinem Android-Gerät … gesendet".
    String.raw`^(?:diese nachricht wurde )?(?:von|vom|mit) (?:meine[mnr]|mein|meinem|outlook|iphone|ipad|unterwegs|mobile).{0,60}(?:gesendet|versendet|geschickt|verfasst)\.?$`,
    String.raw`^(?:gesendet|versendet|verschickt) (?:von|vom|mit|über|aus|via) .{2,60}$`,
    String.raw`^(?:outlook für|hol dir|holen sie sich) .{2,40}$`,
    String.raw`^(?:envoyé|envoye|obtenez|télécharger|provenance).{0,4}(?: (?:de|depuis|à partir de|avec|par|via|du)(?: mon| ma| mes)? | outlook pour ).{2,60}$`,
    String.raw`^(?:enviad[oa]|obtener|obtenga|obter|descargar) (?:desde|de|del|do|da|a partir d[oe]|con|mediante|com|outlook para|via|pelo).{2,60}$`,
    String.raw`^(?:inviato|scarica|ottieni) (?:da|dal|dall'|con|tramite|outlook per).{2,60}$`,
    String.raw`^(?:verzonden|verstuurd|outlook voor|ontvang|download outlook) ?(?:vanaf|vanuit|met|van|via|uit)?.{2,60}$`,
    String.raw`^(?:skickat|skickades|sendt|sent) (?:från|fra|med|via).{2,60}$`,
    String.raw`^(?:hämta|hent|få|skaff) outlook .{2,40}$`,
    String.raw`^lähetetty .{2,40}$`,
    String.raw`^(?:wysłan[eoay]|wysłano|pobierz|odeslán[oa]|posláno|odoslané|elküldve|küldve|trimis|gönderildi|отправлено|надіслано|στάλθηκε) .{2,60}$`,
    String.raw`^.{2,40}'(?:dan|den|tan|ten|mdan|mden|umdan|imden) gönderildi$`,
    String.raw`^.{0,30}(?:iphone|ipad|android|スマートフォン|携帯).{0,12}から(?:の)?送信.{0,10}$`,
    String.raw`^(?:从|從|发自|發自|來自|自)(?:我的|我)?.{0,6}(?:iphone|ipad|android|手机|手機|qq|网易|outlook|ios).{0,20}$`,
    String.raw`^나의 .{1,20}에서 보냄$|^.{1,20}에서 보냄$`,
    String.raw`^(?:this (?:e-?mail|message) (?:was sent|has been scanned|is free from virus)|virus-?free\.|diese e-mail wurde (?:von|auf)|cet e-mail a été vérifié|este correo electrónico ha sido)`,
    String.raw`^(?:[-*_=~ ]{0,4})(?:confidentiality (?:notice|note)|disclaimer|confidential(?:ity)?:|haftungsausschluss|avis de confidentialité|aviso (?:legal|de confidencialidad))\b`,
  ].join('|'),
  'iu',
);

/** RFC 3676 4.3 with what relays make of its blank, and the rules of dashes and underscores that stand alone. */
const mark = /^(?:—|–|-{2,}|_{2,}|={5,}|\*{5,}|~{5,})[ \t\u00a0]*$/;

/** How letters close. Alone it is no signature: people close with their bare names, and those are read as well. */
const closing =
  /^(?:(?:with |my )?(?:best|kind|kindest|warm|warmest|many)? ?(?:regards|wishes)|regards|(?:yours )?(?:sincerely|truly|faithfully)(?: yours)?|best|cheers|thanks(?: (?:and|&) (?:best |kind )?regards)?|thank you|many thanks|(?:mit )?(?:freundlichen|besten|lieben|herzlichen|vielen|schönen) (?:grüßen|grüssen|gruessen)|(?:viele|liebe|beste|herzliche|freundliche|schöne) (?:grüße|grüsse|gruesse)|(?:lg|vg|mfg|bg)|gruß|grüße|(?:bien )?cordialement|bien à vous|salutations(?: distinguées)?|meilleures salutations|(?:un )?(?:cordial )?saludos?(?: cordiales| cordial)?|atentamente|atte\.?|cordiali saluti|distinti saluti|saluti|atenciosamente|cumprimentos|(?:met )?vriendelijke groet(?:en)?|groeten?|(?:med )?(?:vänliga|venlig|vennlig|bästa|mvh|hälsningar) ?(?:hälsningar|hilsen|hilsner)?|ystävällisin terveisin|terveisin|pozdrawiam|(?:с )?уважени(?:ем|я)|敬具|よろしくお願いします|此致)[ ,.!。、]*$/iu;
/** What only a block of contact data holds. */
const contact =
  /(?:\+|\b00)\d[\d\s()./-]{6,}|\(\d{2,4}\)\s?\d{3}|\b(?:tel|phone|mobile|mob|cell|fax|telefon|móvil|tél|www)\b[.:]|https?:\/\/|www\.|[^\s@]+@[^\s@]+\.[a-z]{2,}/i;

/** The lines before the signature. */
export function withoutSignature(lines: readonly string[]): string[] {
  const below = filledBelow(lines);
  const cut = lines.findIndex((raw, at) => {
    const line = raw.trim();
    const rest = below[at] ?? 0;
    if (mark.test(line)) return isBare(line) || rest <= 12;
    const words = line.slice(0, 200).replace(/^[[(<*_-]{1,5}\s?|\s?[\])>*_]{1,5}$/g, '');
    // What programs append stands near the end.
    if (rest <= 15 && words.length < 200 && appended.test(words)) return true;
    return rest <= 12 && line.length < 80 && closing.test(line) && isContactBlock(lines.slice(at + 1));
  });
  return cut < 0 ? [...lines] : lines.slice(0, cut);
}

/** For each line, how many below it are not blank. */
function filledBelow(lines: readonly string[]): number[] {
  const counts = new Array<number>(lines.length).fill(0);
  for (let at = lines.length - 2; at >= 0; at--)
    counts[at] = (counts[at + 1] ?? 0) + ((lines[at + 1] ?? '').trim() === '' ? 0 : 1);
  return counts;
}

const isBare = (line: string): boolean => /^(?:--|—|__)/.test(line) && line.trim().length <= 2;

/** Three short lines and more with contact data among them. */
const isContactBlock = (lines: readonly string[]): boolean => {
  const filled = lines.filter((line) => line.trim() !== '');
  return filled.length >= 2 && filled.every((line) => line.length <= 120) && filled.some((line) => contact.test(line));
};
