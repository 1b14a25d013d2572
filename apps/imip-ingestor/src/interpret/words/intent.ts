// Decides whether a person's words say yes, no, or another time. In doubt they say nothing: the answer to them is a link, never an act.
// Called by interpret for mails of words.

export const intents = ['accept', 'decline', 'propose', 'unclear'] as const;
export type Intent = (typeof intents)[number];

const yes = new RegExp(
  [
    String.raw`\b(?:works?|fine|good|ok|okay|perfect|great) (?:well )?(?:for|with|by) (?:me|us)\b|\b(?:that|this|it|the time|the new time|time|date)(?:'s| is| will| would| does)? (?:all )?(?:works?|fine|good|great|perfect|ok|okay|suits?(?: me)?)\b|\bsounds (?:good|great|fine|perfect)|\bsee you (?:then|there|soon|tomorrow|on|at|next|mon|tue|wed|thu|fri)|\bi(?:'ll| will| can) (?:be there|attend|join|make it|come)|\bi(?: hereby)? (?:accept|confirm|agree)\b|\bcount me in|\blooking forward|\bi'm in\b|\bhappy to (?:attend|join|come|meet)|\b(?:confirmed|accepted|agreed)\b`,
    String.raw`\b(?:passt|past|klappt|geht)(?: (?:mir|bei mir|für mich|uns|gut|prima|super|perfekt|klar|in ordnung|so|wunderbar))+|^\s*(?:passt|klappt|einverstanden|abgemacht|gerne|perfekt|super|alles klar|in ordnung)\b|\beinverstanden\b|\bich (?:bin dabei|komme|nehme (?:teil|an)|sage zu|bestätige)|\bbin dabei|\bfreue mich|\bbis dann\b|\bzusage\b|\bin ordnung\b`,
    String.raw`\bça (?:me |nous )?(?:va|convient|marche)(?: (?:bien|parfaitement|très bien))?|\b(?:me|nous) convient|\bd'accord\b|\b(?:je|j'y) (?:serai|confirme|viens|viendrai|participerai|accepte|suis d'accord)|\bentendu\b|\bc'est (?:bon|parfait|noté|ok)|\bok pour moi|\bavec plaisir|^\s*(?:parfait|oui|entendu|très bien)\b`,
    String.raw`\bme (?:va|viene|parece) (?:muy |perfecto|bien|perfectamente)|\bde acuerdo\b|\b(?:confirmo|acepto|asistiré|allí estaré|ahí estaré|nos vemos|cuenta conmigo)\b|\bestá (?:muy )?bien\b|\bpor mí (?:bien|perfecto)|^\s*(?:perfecto|vale|s[ií]|claro)\b`,
    String.raw`^\s*(?:yes|yep|yeah|sure|ok|okay|great|perfect|fine|done|absolutely|of course|ja|jawohl|👍|✅)(?:[\s,.!]|$)`,
  ].join('|'),
  'iu',
);

const no = new RegExp(
  [
    String.raw`\b(?:can(?:no|')?t|cannot|can not|cant|won't|will not|unable to|not (?:be )?able to|couldn't|could not) (?:\w+ )?(?:make|attend|join|come|do|be there|participate|manage)\b|\b(?:does|do|will|did)(?:n't| not|nt) (?:work|suit|fit)|\bnot (?:going to work|available|possible|suitable|free|good for me)|\bi(?:'m| am| will be) (?:unavailable|busy|away|out|booked|travell?ing)|\b(?:have|need|must|going) to (?:cancel|decline|pass|skip)|\bi(?:'ll| will)? (?:have to |must )?decline\b|\bplease cancel|\bno longer (?:able|available|possible)|\bi can't\b|\b(?:regret|sorry),? (?:but )?i (?:can'?t|cannot)`,
    String.raw`\b(?:kann|können|könnte|schaffe|schaffen)(?: \S+){0,6} nicht\b|\b(?:passt|geht|klappt|ginge)(?: \S+){0,4} nicht\b|\b(?:muss|müssen|möchte)(?: \S+){0,6} (?:absagen|verschieben|canceln|stornieren)|\bverhindert\b|\bkeine zeit\b|\bleider nicht\b|\bnicht möglich|\bsage (?:\S+ )?ab\b|\babsage\b|\bnicht (?:verfügbar|dabei|teilnehmen|kommen)`,
    String.raw`\bne (?:peux|pourrai|pourrais|pouvons|suis|serai|sera|convient|va|marche)(?: \S+){0,4} pas\b|\bne (?:me|nous) (?:convient|va) pas|\bpas (?:disponible|possible|libre|là|en mesure)|\bje (?:dois|suis obligée?)(?: \S+){0,2} (?:d')?(?:annuler|décliner|reporter)|\bimpossible\b|\bempêchée?\b|\bje décline|\bindisponible|\bje (?:peux|pourrai) pas`,
    String.raw`\bno (?:puedo|podré|podemos|voy a poder|me (?:va|viene|es posible|queda)|estoy (?:disponible|libre)|estaré|es posible|me es posible|podría)|\bimposible\b|\btengo que (?:cancelar|anular)|\bdebo cancelar|\brechazo\b|\bno asistiré`,
    String.raw`^\s*(?:no|nope|nein|non|sorry|leider|unfortunately)(?:[\s,.!]|$)`,
  ].join('|'),
  'iu',
);

const reserved =
  /\b(?:but|if|unless|although|however|only|provided|maybe|perhaps|might|not sure|aber|wenn|falls|nur|vielleicht|eventuell|allerdings|mais|si|sauf|seulement|peut-être|pero|aunque|solo|sólo|quizás?|tal vez)\b/i;

/** What the words mean; `proposesTime`: whether they name a time that suits their writer. */
export function intentOf(text: string, proposesTime: boolean): Intent {
  const opening = text
    .slice(0, 600)
    .replaceAll(/[’‘`´]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
  const declines = no.test(opening);
  // "That does not work for me" is no yes.
  const accepts = yes.test(opening.replaceAll(new RegExp(no.source, 'giu'), ' · '));
  const open = /[?？]/.test(opening) || reserved.test(opening);
  if (accepts && !declines && !open) return 'accept';
  if (proposesTime) return 'propose';
  // "Can't we do that another day?" asks; "I can't. Who else comes?" declines.
  const asks = open && !/^[^?？]*[.!]/.test(opening);
  return declines && !accepts && !asks ? 'decline' : 'unclear';
}
