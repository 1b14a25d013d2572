// The page before an act on a room: its effects, its fields, and the button that carries it out.
// Called by room.controller.ts; what an act does is worded in acts.ts.
import { randomUUID } from 'node:crypto';
import type { FieldFault } from '#service';
import { type Html, html } from '../links/html';
import type { Fields } from '../links/link-access';
import type { Room } from '../rooms/room';
import type { ShownView } from './frame';
import { formTokenField, statusMessage } from './parts';
import type { Session } from './sessions';

export interface ActForm {
  title: string;
  /** Below the room's own address. */
  path: string;
  effects: readonly string[];
  button: string;
  isFinal?: boolean;
  fields: readonly ActField[];
}

export interface ActField {
  name: string;
  label: string;
  type: 'text' | 'email' | 'datetime-local';
  value: string;
  hint?: string;
}

/** Why a form comes back: of the whole, and by field. */
export interface ActFault {
  status: number;
  detail: string;
  errors: readonly FieldFault[];
}

export function actPage(room: Room, session: Session, form: ActForm, sent?: Fields, fault?: ActFault): ShownView {
  const here = `/console/rooms/${room.roomId}`;
  const { effects, fields, button, isFinal } = form;
  // `act`: a form that is sent twice is one act. `revision`: one of a room that has changed since is none.
  return {
    title: form.title,
    section: '/console/rooms',
    status: fault?.status ?? 200,
    audit: { verdict: 'room-viewed', roomId: room.roomId },
    content: html`<p class="faint"><a href="${here}"><bdi dir="auto">${room.title}</bdi></a></p>
${fault !== undefined && statusMessage(fault.detail, 'bad')}
<form class="card" method="post" action="${here}/${form.path}">
${formTokenField(session)}
<input type="hidden" name="act" value="${randomUUID()}"><input type="hidden" name="revision" value="${room.revision}">
<div class="says wait" id="effects"><b>What this does</b><ul>${effects.map((each) => html`<li>${each}</li>`)}</ul></div>
${fields.map((field) => fieldOf(field, sent, fault))}
<div class="actions"><button aria-describedby="effects"${isFinal === true && html` class="danger"`}>${button}</button>
<a class="button quiet" href="${here}">Do nothing</a></div></form>`,
  };
}

function fieldOf({ name, label, type, value, hint }: ActField, sent?: Fields, fault?: ActFault): Html {
  const given = sent?.[name];
  const wrong = fault?.errors.find(({ pointer }) => pointer === `/${name}`);
  const described = [wrong && `${name}-fault`, hint !== undefined && `${name}-hint`].filter(Boolean).join(' ');
  return html`<div class="field"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" value="${typeof given === 'string' ? given : value}" autocomplete="off"
${wrong !== undefined && html` aria-invalid="true"`}${described !== '' && html` aria-describedby="${described}"`}>
${wrong !== undefined && html`<p class="fault" id="${name}-fault">${wrong.detail}</p>`}
${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}</div>`;
}
