// How every page looks: one small style sheet, phone first, light and dark; its hash is what the
// Content-Security-Policy allows.
// Used by layout.ts; the console has the same colours. They are those of our letters.
import { createHash } from 'node:crypto';

/** Colours by their meaning, light and dark. */
export const palette = `
:root{color-scheme:light dark;--page:#f4f5f7;--card:#fff;--line:#d9dde3;--text:#1c2128;--faint:#59636e;
--accent:#1f6feb;--on-accent:#fff;--link:#0b57d0;
--tint:#e8f0fe;--good:#17692f;--good-tint:#dff5e5;--bad:#b3261e;--bad-tint:#fdecea;--warn:#7a4f01;--warn-tint:#fff4d6;
--field:#868f99}
@media (prefers-color-scheme:dark){:root{--page:#0d1117;--card:#161b22;--line:#30363d;--text:#e6edf3;--faint:#a0a9b3;
--accent:#5b9dff;--on-accent:#08131f;--link:#8ec1ff;
--tint:#14263f;--good:#56d27a;--good-tint:#12301c;--bad:#ff9a92;--bad-tint:#3a1917;--warn:#f2cc6b;--warn-tint:#332708;
--field:#6e7781}}`;

export const style = `${palette}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);
font:1rem/1.5 -apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;
overflow-wrap:break-word}
main,footer{max-width:36rem;margin:0 auto;padding:0 1rem}
main{padding-top:1rem}
@media (min-width:40rem){main{padding-top:3.5rem}}
.card{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:1.25rem;
box-shadow:0 1px 2px rgb(0 0 0/.04),0 8px 24px rgb(0 0 0/.05)}
@media (min-width:40rem){.card{padding:2rem}}
.title{margin:0 0 .25rem;color:var(--faint);font-size:.95rem}
h1{margin:0;font-size:1.5rem;line-height:1.25;font-weight:650;letter-spacing:-.01em;text-wrap:balance}
[dir=rtl] h1{letter-spacing:0}
h2{margin:1.75rem 0 .6rem;font-size:1rem;font-weight:650}
p{margin:.6rem 0 0}
a{color:var(--link)}
footer p{margin:1rem 0 2rem;color:var(--faint);font-size:.8125rem;text-align:center;text-wrap:balance}
.mark{display:grid;place-items:center;width:2.75rem;height:2.75rem;margin-bottom:.9rem;border-radius:50%;
background:var(--tint);color:var(--accent)}
.mark svg{width:1.5rem;height:1.5rem;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;
stroke-linejoin:round}
.mark.good{background:var(--good-tint);color:var(--good)}
.mark.bad{background:var(--bad-tint);color:var(--bad)}
.mark.calm{background:var(--page);color:var(--faint)}
.mark.wait{background:var(--warn-tint);color:var(--warn)}
.says{margin-top:1rem;padding:.7rem .9rem;border-radius:10px;background:var(--tint)}
.says.wait{background:var(--warn-tint);color:var(--warn)}
.says.bad{background:var(--bad-tint);color:var(--bad)}
.says ul{margin:.3rem 0 0;padding-inline-start:1.2rem}
.says a{color:inherit}
.time{display:grid;grid-template-columns:auto 1fr;gap:0 .8rem;align-items:center;margin-top:1rem;padding:.75rem;
border:1px solid var(--line);border-radius:12px}
.time.main{border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
.time.past .hours,.time.past .day{text-decoration:line-through;text-decoration-thickness:1px}
.leaf{width:3.4rem;overflow:hidden;border:1px solid var(--line);border-radius:10px;text-align:center;line-height:1.15}
.leaf span{display:block;font-size:.75rem;color:var(--faint);padding:.15rem .2rem}
.leaf span:first-child{background:var(--page);color:var(--text);font-weight:600;padding:.2rem}
.main .leaf span:first-child{background:var(--accent);color:var(--on-accent)}
.leaf b{display:block;font-size:1.5rem;font-weight:650;padding-top:.2rem}
.time p{margin:0}
.label{color:var(--faint);font-size:.8125rem}
.main .label{color:var(--link);font-weight:600}
.day{font-weight:600;font-size:.9688rem;line-height:1.35;text-wrap:balance}
.hours{font-size:1.125rem;font-weight:650;font-variant-numeric:tabular-nums}
.piece{display:inline-block}
.zone{color:var(--faint);font-size:.8125rem}
details{margin-top:.4rem}
details+details{margin-top:0}
summary{width:fit-content;padding:.35rem 0;color:var(--link);font-size:.9375rem;cursor:pointer}
.zones{margin:.25rem 0 0;padding:0;list-style:none;font-size:.875rem}
.zones li{padding:.45rem 0;border-top:1px solid var(--line)}
.zones b{display:block;font-weight:600}
blockquote{margin:.25rem 0 0;padding:.6rem .9rem;border-inline-start:3px solid var(--accent);background:var(--page);
border-start-end-radius:10px;border-end-end-radius:10px;white-space:pre-line;unicode-bidi:plaintext}
.wrote{margin:1rem 0 0}
form{margin:0}
.actions{display:grid;gap:.7rem;margin:1.4rem 0 0}
.actions+.time{margin-top:1.75rem}
.actions+.hint{margin-top:.8rem;text-align:center;text-wrap:balance}
button,.button,.chip{font:inherit;border-radius:10px;cursor:pointer}
button,.button{display:block;width:100%;text-align:center;text-decoration:none;min-height:3rem;padding:.6rem 1.25rem;
border:1px solid var(--accent);background:var(--accent);
color:var(--on-accent);font-weight:600}
button.quiet,.button.quiet{background:transparent;border-color:var(--field);color:var(--text)}
button:hover,.button:hover{filter:brightness(1.08)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.chips{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:.5rem;margin:0;padding:0;list-style:none}
.chip{display:block;height:100%;min-height:3rem;padding:.45rem .25rem;border:1px solid var(--field);text-align:center;
text-decoration:none;color:var(--text);font-size:.875rem;line-height:1.4}
.chip b,.chip span{display:block}
.chip b{font-weight:600}
.chip span{color:var(--faint);font-size:.8125rem}
.chip:hover{border-color:var(--accent)}
.chip[aria-current]{border-color:var(--accent);background:var(--tint);box-shadow:inset 0 0 0 1px var(--accent)}
fieldset{margin:1.5rem 0 0;padding:0;border:0;min-width:0}
legend{padding:0;font-weight:650}
.fields{display:grid;gap:.9rem;margin-top:.6rem;grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
.fields:has(.fault){grid-template-columns:minmax(0,1fr)}
.fields .field:nth-child(3){grid-column:1/-1}
.field label{display:block;margin-bottom:.25rem;font-size:.9375rem;font-weight:600}
.field{margin-top:1.25rem}
.fields .field{margin-top:0}
input,select,textarea{width:100%;min-width:0;min-height:3rem;padding:.55rem .7rem;border:1px solid var(--field);
border-radius:10px;background:var(--card);color:var(--text);font:inherit}
textarea{min-height:6rem;resize:vertical}
input[type=radio]{flex:none;width:1.25rem;min-height:1.25rem;height:1.25rem;margin:0;accent-color:var(--accent)}
.pick{display:flex;gap:.6rem;align-items:center;padding:.5rem 0}
.hint{margin:.3rem 0 0;color:var(--faint);font-size:.8125rem}
.fault{margin:.35rem 0 0;color:var(--bad);font-size:.875rem;font-weight:600}
[aria-invalid=true]{border-color:var(--bad);border-width:2px}
.away{margin-top:1.5rem;padding-top:1rem;border-top:1px solid var(--line)}
.away p{margin:0 0 .8rem;color:var(--faint);font-size:.9375rem}
@media (min-width:30rem){.actions.two{grid-template-columns:1fr 1fr}
.actions.two form:last-child:nth-child(odd){grid-column:1/-1}.actions button{height:100%}}
@media (forced-colors:active){.chip[aria-current]{outline:2px solid}}
`;

export const styleHash = `sha256-${createHash('sha256').update(style).digest('base64')}`;
