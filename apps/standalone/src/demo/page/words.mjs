// The timeline in words: what happened to whom; the product's own reason stays beside it, faint.
// Imported by page.mjs.

const letters = {
  REQUEST: 'Invitation',
  CANCEL: 'Cancellation',
  DECLINECOUNTER: 'Refusal of the proposed time',
  none: 'Mail',
};
const calls = {
  created: 'Room created by the platform',
  booked: 'Guest booked by the platform',
  cancelled: 'Cancelled by the platform',
};
const decisions = {
  approved: 'approved',
  declined: 'declined, the time stays',
  cancelled: 'cancelled for both',
  'approve-held': 'approval recorded, takes effect after the hold',
  'decline-held': 'decline recorded, takes effect after the hold',
  'hold-undone': 'undone',
  'hold-contested': 'the other link was opened too: nothing changes',
  'hold-lapsed': 'no longer possible: nothing changes',
};
const mails = { event: 'read', applied: 'applied', 'link-offered': 'answered with a link' };

const plain = (code) => (code ?? '').replaceAll('-', ' ');
const by = (role) => (role ? ` by the ${role}` : '');
const linkNames = {
  propose: 'Request new time',
  answer: 'Answer here',
  approve: 'Approve',
  decline: 'Decline',
  confirm: 'Look at the answer',
};
const messages = { REPLY: 'Answer', COUNTER: 'New time', REFRESH: 'Request for the invitation' };
/** A delivery report carries the method of the letter that it is about, which would read as a mail of that kind. */
const isReport = (why) => /^(?:hard|soft|delayed|delivered): /.test(why ?? '');

const describe = {
  letter: ({ role, method, sequence, verdict }) => [
    `${method === 'REQUEST' && sequence > 0 ? `Update ${sequence}` : (letters[method] ?? 'Mail')} to the ${role}`,
    plain(verdict),
  ],
  mail: ({ role, method, verdict, why }) => {
    const outcome = mails[verdict] ?? plain(verdict);
    if (isReport(why)) return [`Delivery report about the ${role ?? 'unknown'}`, outcome];
    const what =
      messages[method] ??
      method ??
      (/^text\b/.test(why ?? '') ? 'Text' : verdict === 'recorded' ? 'Automatic reply' : 'Answer');
    return [`${what} from the ${role ?? 'unknown'}`, outcome];
  },
  delivery: ({ role, verdict }) => [`Letter to the ${role}`, plain(verdict)],
  call: ({ verdict }) => [calls[verdict] ?? `Platform: ${plain(verdict)}`, ''],
  token: ({ role, verdict, why }) => [
    `“${linkNames[(why ?? '').replace(/-link$/, '')] ?? plain(why)}” link opened${by(role)}`,
    verdict === 'ok' ? '' : plain(verdict),
  ],
  proposal: ({ role, verdict }) => [
    verdict === 'proposed' ? `New time proposed${by(role)}` : 'Proposal',
    verdict === 'proposed' ? '' : plain(verdict),
  ],
  decision: ({ role, verdict }) => [`Decision${by(role)}`, decisions[verdict] ?? plain(verdict)],
};
const looks = { letter: 'out', mail: 'in', delivery: 'in' };

/** What a text asked for, as the timeline names it. */
const intents = {
  propose: 'asks for another time',
  accept: 'wants to accept',
  decline: 'wants to decline',
  unclear: 'no clear answer',
};
const moment = (at) =>
  `${new Date(at).toLocaleString('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })} UTC`;

/** `code: words` without its code; a code alone as words; instants as a person reads them. */
const inWords = (why) => {
  const [, intent, at] = /^text: (\w+)(?: (\S+Z))?$/.exec(why) ?? [];
  if (intents[intent] !== undefined) return at === undefined ? intents[intent] : `${intents[intent]}: ${moment(at)}`;
  const [, words] = /^[a-z0-9-]+: (.+)$/s.exec(why) ?? [];
  return words !== undefined && /\s/.test(words) ? words : why.replaceAll('-', ' ');
};

/** A line of the timeline: what it is about, what became of it, the product's own reason. */
export function timelineText(item) {
  const [what, outcome] = describe[item.kind]?.(item) ?? [item.kind, plain(item.verdict)];
  const reason = item.kind === 'token' || /: believed$/.test(item.why ?? '') ? '' : inWords(item.why ?? '');
  return { what, outcome, reason, look: looks[item.kind] ?? '' };
}

/** What the product made of one mail. */
export const understood = ({ verdict, why }) =>
  `${verdict === 'event' ? 'read and accepted' : plain(verdict)}${why ? ` (${why})` : ''}`;
