// The timeline in words: what happened to whom; the product's own reason stays beside it, faint.
// Imported by page.mjs.
import { fill, language, moment, texts } from './language.mjs';

const { timeline } = texts;

const plain = (code) => (code ?? '').replaceAll('-', ' ');
/** A code of the product without words here is shown as it is. */
const outcome = (verdict) => timeline.outcomes[verdict] ?? plain(verdict);
const of = (text, role) => text[role ?? 'nobody'];

const letters = { REQUEST: 'invitation', CANCEL: 'cancellation', DECLINECOUNTER: 'refusal' };
const messages = { REPLY: 'answer', COUNTER: 'newTime', REFRESH: 'refresh' };
/** A delivery report carries the method of the letter that it is about, which would read as a mail of that kind. */
const isReport = (why) => /^(?:hard|soft|delayed|delivered): /.test(why ?? '');

/** Which kind of mail came in. */
function kindOf({ method, verdict, why }) {
  if (isReport(why)) return 'report';
  if (messages[method] !== undefined) return messages[method];
  if (/^text\b/.test(why ?? '')) return 'text';
  return verdict === 'recorded' ? 'automatic' : 'answer';
}

const describe = {
  letter: ({ role, method, sequence, verdict }) => {
    const kind = method === 'REQUEST' && sequence > 0 ? 'update' : (letters[method] ?? 'mail');
    return [fill(timeline.letters[kind][role], { number: sequence }), outcome(verdict)];
  },
  mail: (item) => [of(timeline.mails[kindOf(item)], item.role), outcome(item.verdict)],
  delivery: ({ role, verdict }) => [timeline.letters.delivery[role], outcome(verdict)],
  call: ({ verdict }) => [timeline.calls[verdict] ?? plain(verdict), ''],
  token: ({ role, verdict, why }) => {
    const code = (why ?? '').replace(/-link$/, '');
    const opened = fill(of(timeline.opened, role), { link: timeline.links[code] ?? plain(why) });
    return [opened, verdict === 'ok' ? '' : outcome(verdict)];
  },
  proposal: ({ role, verdict }) =>
    verdict === 'proposed' ? [of(timeline.proposed, role), ''] : [timeline.proposal, outcome(verdict)],
  decision: ({ role, verdict }) => [of(timeline.decision, role), timeline.decisions[verdict] ?? outcome(verdict)],
  note: ({ role }) => [of(timeline.note, role), ''],
};
const looks = { letter: 'out', mail: 'in', delivery: 'in' };

/** What a person's text asks for; the line before it says nothing of its own. */
function wishOf(why) {
  const [, intent, at] = /^text: (\w+)(?: (\S+Z))?$/.exec(why) ?? [];
  const wish = timeline.intents[intent] ?? '';
  return wish === '' || at === undefined ? wish : `${wish}: ${moment(at)}`;
}

/** `code: words` in the page's language; where it has none, the product's own English, a code alone as words. */
function inWords(why) {
  const [, code, words] = /^([a-z0-9-]+): (.+)$/s.exec(why) ?? [];
  if (timeline.reasons[code] !== undefined) return { reason: timeline.reasons[code] };
  return { reason: words !== undefined && /\s/.test(words) ? words : plain(why), tongue: 'en' };
}

function reasonOf({ kind, verdict, why = '' }) {
  if (why === '' || kind === 'token' || why.endsWith(': believed')) return { reason: '' };
  if (kind === 'note') return { reason: why.replace(/^[a-z-]+: [^:]+: /, ''), tongue: null };
  if (verdict === 'applied') return { reason: timeline.reasons.now };
  return why.startsWith('text: ') ? { reason: wishOf(why) } : inWords(why);
}

/** A line of the timeline: what it is about, what became of it, the product's own reason and its language. */
export function timelineText(item) {
  const [what, became] = describe[item.kind]?.(item) ?? [item.kind, outcome(item.verdict)];
  const { reason, tongue = language } = reasonOf(item);
  return { what, outcome: became, reason, tongue, look: looks[item.kind] ?? '' };
}

/** What the product made of one mail, and its reason in its own words. */
export const understood = ({ verdict, why }) => ({
  verdict: verdict === 'event' ? timeline.understood : outcome(verdict),
  why: why ? `(${why})` : '',
});
