// The page before an act that concerns no room: its effects, and the button that carries it out.
// Called by the controllers of letters, mails, dead letters and webhooks.
import { type Html, html, type Part } from '../links/html';
import type { ShownView } from './frame';
import { facts, formTokenField } from './parts';
import type { Session } from './sessions';

export interface Act {
  title: string;
  section: string;
  /** Where the form is sent, and where it leads without being sent. */
  path: string;
  back: string;
  about?: readonly (readonly [term: string, value: Part])[];
  /** The consequences, a sentence each. */
  effects: readonly string[];
  button: string;
  isFinal?: boolean;
}

export const confirmPage = (act: Act, session: Session): ShownView => ({
  title: act.title,
  section: act.section,
  content: html`<form class="card" method="post" action="${act.path}">${formTokenField(session)}
${act.about !== undefined && facts(act.about)}
<div class="says wait" id="effects"><b>What this does</b><ul>${act.effects.map((each) => html`<li>${each}</li>`)}</ul></div>
<div class="actions"><button aria-describedby="effects"${act.isFinal === true && html` class="danger"`}>${act.button}</button>
<a class="button quiet" href="${act.back}">Do nothing</a></div></form>`,
});

/** Lists of one page as tabs; each says how many there are, and the one that is shown is marked. */
export const tabs = (label: string, links: readonly (readonly [path: string, text: string, isHere: boolean])[]): Html =>
  html`<nav class="tabs" aria-label="${label}">${links.map(
    ([path, text, isHere]) => html`<a href="${path}"${isHere && html` aria-current="page"`}>${text}</a>`,
  )}</nav>`;

/** `1000+` where counting stopped. */
export const counted = (count: number, most: number): string => (count >= most ? `${most}+` : String(count));
