// How the console looks: the colours of the public pages, and tables, forms and frames of its own.
// Used by layout.ts; its hash is what the Content-Security-Policy allows.
import { createHash } from 'node:crypto';
import { palette } from '../links/style';

export const style = `${palette}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);
font:.9375rem/1.5 -apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;
overflow-wrap:anywhere}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:.5rem;top:.5rem;z-index:1;padding:.5rem 1rem;background:var(--card)}
.top{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1rem;padding:.5rem 1rem;background:var(--card);
border-bottom:1px solid var(--line)}
.top>b{font-weight:650}
.top nav{display:flex;flex-wrap:wrap;gap:.25rem;flex:1 1 auto}
.top nav a{padding:.4rem .7rem;border-radius:8px;text-decoration:none;color:var(--text)}
.top nav a:hover{background:var(--page)}
.top nav a[aria-current]{background:var(--tint);color:var(--link);font-weight:600}
.who{display:flex;align-items:center;gap:.75rem;color:var(--faint);font-size:.875rem}
main{max-width:72rem;margin:0 auto;padding:1.25rem 1rem 4rem}
main.small{max-width:30rem;padding-top:2rem}
h1{margin:0 0 .25rem;font-size:1.4rem;line-height:1.25;font-weight:650;letter-spacing:-.01em;text-wrap:balance}
h2{margin:0 0 .6rem;font-size:1.05rem;font-weight:650}
h3{margin:1rem 0 .3rem;font-size:.9375rem;font-weight:650}
p{margin:.5rem 0 0}
.faint{color:var(--faint)}
.small-text{font-size:.8125rem}
.card{margin:1rem 0 0;padding:1rem;background:var(--card);border:1px solid var(--line);border-radius:12px}
.cards{display:grid;gap:1rem;margin-top:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr))}
.cards>.card{margin:0}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.25rem 1rem;margin:.5rem 0 0}
dt{color:var(--faint)}
dd{margin:0}
table{width:100%;border-collapse:collapse;font-size:.875rem}
caption{text-align:start;color:var(--faint);font-size:.8125rem;padding-bottom:.3rem}
th{text-align:start;font-weight:600;color:var(--faint);font-size:.8125rem}
th,td{padding:.45rem .6rem .45rem 0;vertical-align:top;border-top:1px solid var(--line)}
thead th{border-top:0}
td.nowrap{white-space:nowrap}
@media (max-width:44rem){
table,caption,tbody,tr,td,th[scope=row]{display:block;width:100%}
thead{position:absolute;left:-99rem}
tr{padding:.5rem 0;border-top:1px solid var(--line)}
td,th[scope=row]{padding:.1rem 0;border:0}
td:empty{display:none}
td[data-label]::before{content:attr(data-label) " ";color:var(--faint)}
td.nowrap{white-space:normal}}
.badge{display:inline-block;padding:0 .5rem;border-radius:1rem;background:var(--page);border:1px solid var(--line);
font-size:.8125rem;white-space:nowrap}
.badge.good{background:var(--good-tint);color:var(--good);border-color:transparent}
.badge.bad{background:var(--bad-tint);color:var(--bad);border-color:transparent}
.badge.wait{background:var(--warn-tint);color:var(--warn);border-color:transparent}
.says{margin:1rem 0 0;padding:.7rem .9rem;border-radius:10px;background:var(--tint)}
.says.good{background:var(--good-tint);color:var(--good)}
.says.bad{background:var(--bad-tint);color:var(--bad)}
.says.wait{background:var(--warn-tint);color:var(--warn)}
.says a{color:inherit}
.says ul{margin:.3rem 0 0;padding-inline-start:1.2rem}
form{margin:0}
form.card{margin-top:1rem}
form .says{margin-top:0}
.search{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end;margin-top:1rem}
.search .field{margin:0;flex:1 1 10rem}
.search .field:first-child{flex-grow:4}
.field{margin-top:1rem}
.field label,legend{display:block;margin-bottom:.25rem;font-size:.875rem;font-weight:600}
fieldset{margin:0;padding:0;border:0;min-width:0}
input,select,textarea{width:100%;min-width:0;min-height:2.75rem;padding:.45rem .7rem;border:1px solid var(--field);
border-radius:10px;background:var(--card);color:var(--text);font:inherit}
.hint{margin:.3rem 0 0;color:var(--faint);font-size:.8125rem}
.fault{margin:.3rem 0 0;color:var(--bad);font-size:.875rem;font-weight:600}
[aria-invalid=true]{border-color:var(--bad);border-width:2px}
.two{display:grid;gap:0 1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,12rem),1fr))}
button,.button{display:inline-flex;align-items:center;justify-content:center;min-height:2.75rem;padding:.5rem 1rem;
border:1px solid var(--accent);border-radius:10px;background:var(--accent);color:var(--on-accent);font:inherit;
font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
button.quiet,.button.quiet{background:transparent;border-color:var(--field);color:var(--text);font-weight:400}
button.danger{background:var(--bad);border-color:var(--bad);color:var(--card)}
.who button{min-height:2rem;padding:.2rem .7rem}
.actions{display:flex;flex-wrap:wrap;gap:.6rem;margin-top:1.25rem}
details>summary{padding:.4rem 0;color:var(--link);cursor:pointer;width:fit-content}
pre{margin:.5rem 0 0;padding:.75rem;background:var(--page);border:1px solid var(--line);border-radius:10px;
font:.8125rem/1.5 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
iframe{display:block;width:100%;height:32rem;margin-top:.5rem;border:1px solid var(--line);border-radius:10px;
background:#fff;resize:vertical}
blockquote{margin:.25rem 0 0;padding:.4rem .8rem;border-inline-start:3px solid var(--accent);background:var(--page);
white-space:pre-line;unicode-bidi:plaintext}
.tabs{display:flex;flex-wrap:wrap;gap:.25rem;margin-top:1rem}
.tabs a{padding:.4rem .7rem;border-radius:8px;text-decoration:none}
.tabs a[aria-current]{background:var(--tint);font-weight:600}
.apart{margin-top:1.5rem}
.chart{margin:0;padding:1rem;background:var(--card);border:1px solid var(--line);border-radius:12px}
.chart svg{display:block;width:100%;height:6rem}
.chart rect{fill:var(--accent)}
.chart rect.bad{fill:var(--bad)}
.scale{position:relative;margin-top:.6rem;border-bottom:1px solid var(--line);border-top:1px dashed var(--line);
min-height:6rem}
.scale>span{position:absolute;inset-block-start:0;inset-inline-end:0;padding:0 .25rem;background:var(--card);
color:var(--faint);font-size:.75rem}
.hours{display:flex;justify-content:space-between;font-size:.75rem}
.more{display:flex;gap:1rem;margin-top:1rem}
.live{color:var(--faint);font-size:.8125rem}
`;

export const styleHash = `sha256-${createHash('sha256').update(style).digest('base64')}`;
