// The demo page before its scripts run: the form, the empty mailboxes, and the texts that the scripts show, in one
// language.
// Called by demo.controller.ts.
import { roles, type Role } from '#contracts';
import { commaOf, directionOf, languages, lengthIn, type LanguageChoice } from '#words';
import { Html, html } from '../../../scheduling-api/src/links/html';
import { type ZoneChoice, zoneList } from '../../../scheduling-api/src/links/zone-list';
import type { DemoTexts } from './texts/texts';

/** `room`: the one that the address names. */
export function demoPage({ texts, language, dates }: LanguageChoice<DemoTexts>, now: Date, room?: string): string {
  const { page } = texts;
  const words: Html = new Html(
    JSON.stringify({ language, dates, ...zonesOf(language, now), texts }).replaceAll('<', '\\u003c'),
  );
  return html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/demo/style.css">
<script type="application/json" id="words">${words}</script>
<script type="module" src="/demo/page.mjs"></script>
</head>
<body>
<header class="top">
<div>
<p class="name">Hybrid Scheduling</p>
<p class="faint">${page.tagline}</p>
</div>
<nav aria-label="${page.elsewhere}"><a href="/dev/mails">${page.allMails}</a><a href="/docs">API</a>${picker(language, page.language, room)}
<button id="another" class="small" hidden>${page.another}</button></nav>
</header>
<main>
<noscript><p class="note bad">${page.noScript}</p></noscript>
${booking(texts, language)}
${stage(texts)}
</main>
</body>
</html>
`.text;
}

/** All zones by continent for the form, each zone's name for the times, and what stands between the parts of a time. */
function zonesOf(language: string, now: Date): object {
  const { first, groups } = zoneList('UTC', now, language);
  const names = groups.flatMap(({ zones }) => zones.map(({ zone, name }) => [zone, name]));
  const choices = (zones: ZoneChoice[]): object[] => zones.map(({ zone, label }) => ({ zone, label }));
  const zones = {
    first: choices(first),
    groups: groups.map((group) => ({ label: group.label, zones: choices(group.zones) })),
  };
  return { zones, zoneNames: Object.fromEntries(names) as object, comma: commaOf(language) };
}

const ownName = (language: string): string =>
  new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;

/** Links, since a select that acts at each change cannot be used by keyboard. The script adds the room that is open. */
function picker(current: string, label: string, room?: string): Html {
  const address = (language: string): string =>
    `/?${new URLSearchParams({ lang: language, ...(room !== undefined && { room }) })}`;
  const links = languages.map(
    (each) =>
      html`<li><a href="${address(each)}" lang="${each}" hreflang="${each}" dir="auto"${
        each === current && html` aria-current="true"`
      }>${ownName(each)}</a></li>`,
  );
  return html`<details class="languages"><summary aria-label="${label}: ${ownName(current)}">${ownName(current)}</summary>
<ul>${links}</ul></details>`;
}

const lengths = [30, 45, 60, 90, 120];

function booking({ form, heading }: DemoTexts, language: string): Html {
  const write = lengthIn(language);
  const options = lengths.map(
    (each) => html`<option value="${each}"${each === 60 && html` selected`}>${write(each)}</option>`,
  );
  return html`<section id="booking" hidden>
<form id="book" class="panel">
<h1>${form.heading}</h1>
<p>${form.intro}</p>
<div class="pair">
${roles.map((role) => person(role, heading[role], form, language))}
</div>
<label>${form.title} <input name="title" value="${form.practice}" maxlength="200" dir="auto" required></label>
<div class="pair">
<label>${form.start} <input name="at" type="datetime-local" required></label>
<label>${form.length} <select name="minutes">${options}</select></label>
</div>
<label>${form.onDecline} <select name="policy">
<option value="strict">${form.strict}</option><option value="soft">${form.soft}</option></select></label>
<button class="main">${form.submit}</button>
<p id="book-said" class="said" role="status"></p>
</form>
<div id="recent" hidden><h2>${form.recent}</h2><ul></ul></div>
</section>`;
}

const names: Readonly<Record<Role, string>> = { host: 'Hana', guest: 'Gil' };

/** The script fills the zones. */
function person(role: Role, heading: string, form: DemoTexts['form'], language: string): Html {
  const options = languages.map(
    (each) =>
      html`<option value="${each}" lang="${each}"${each === language && html` selected`}>${ownName(each)}</option>`,
  );
  return html`<fieldset><legend>${heading}</legend>
<label>${form.name} <input name="${role}Name" value="${names[role]}" maxlength="100" dir="auto" required></label>
<label>${form.zone} <select name="${role}Zone"></select></label>
<label>${form.language} <select name="${role}Language">${options}</select></label>
</fieldset>`;
}

const more = html`<button type="button" class="small more" hidden></button>`;

function stage({ page, heading, room, timeline, mailbox, webhooks }: DemoTexts): Html {
  return html`<div id="stage" hidden>
<nav class="jump" aria-label="${page.parts}"><a href="#state">${room.label}</a><a href="#host">${heading.host}</a><a
 href="#guest">${heading.guest}</a><a href="#timeline">${timeline.heading}</a><a href="#webhooks">${webhooks.heading}</a></nav>
<section id="host" class="mailbox" aria-label="${mailbox.of.host}"></section>
<section id="room" aria-label="${room.label}">
<div id="state" class="panel"></div>
<div id="timeline" class="panel" role="region" aria-labelledby="timeline-name" tabindex="0">
<h2 id="timeline-name">${timeline.heading}</h2><ol></ol>${more}</div>
<div id="webhooks" class="panel">
<h2>${webhooks.heading}</h2><p class="empty faint">${webhooks.intro}</p><ol></ol>${more}</div>
</section>
<section id="guest" class="mailbox" aria-label="${mailbox.of.guest}"></section>
</div>`;
}
