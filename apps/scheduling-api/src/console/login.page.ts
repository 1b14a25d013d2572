// The login page of the console, and the page of a fault before a login.
// Called by frame.ts and login.controller.ts.
import { html } from '../links/html';
import { strangersPage } from './layout';

export interface LoginParts {
  /** Where the login leads: a path of the console. */
  next: string;
  /** Why the last attempt was refused. */
  fault?: string | undefined;
}

export const loginPage = ({ next, fault }: LoginParts): string =>
  strangersPage(
    'Log in to the console',
    html`<form method="post" action="/console/login">
<input type="hidden" name="next" value="${next}">
<div class="field"><label for="key">Operator key or token</label>
<input id="key" name="key" type="password" required autofocus autocomplete="current-password" spellcheck="false"
${fault !== undefined && html` aria-invalid="true" aria-describedby="key-fault"`}>
${fault !== undefined && html`<p class="fault" id="key-fault" role="alert">${fault}</p>`}
<p class="hint">A key of OPERATOR_KEYS, or a JWT with the scope operator.</p></div>
<div class="actions"><button>Log in</button></div></form>`,
  );

export const faultPage = (title: string, detail: string): string =>
  strangersPage(title, html`<p>${detail}</p><p><a href="/console">To the console</a></p>`);
