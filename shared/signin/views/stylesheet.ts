/**
 * The look of every page; its custom properties are the whole palette.
 *
 * Limestone and verdigris by day, slate and lamplight by night. Targets are 48 px high, and nothing
 * has a width of its own, so that the pages hold at 320 px and at 400 % zoom.
 */
const source = `
:root{
  color-scheme:light dark;
  --ground:#efece5;--card:#fffefb;--ink:#1a232c;--quiet:#535d67;--rule:#dfdbd1;--edge:#7d858d;
  --gate:#14574f;--gate-deep:#0c423b;--gate-ink:#ffffff;--alarm:#92261b;--alarm-card:#fbeeea
}
@media (prefers-color-scheme:dark){:root{
  --ground:#12171c;--card:#1b2229;--ink:#ebe8e1;--quiet:#a5afb8;--rule:#313b44;--edge:#77838e;
  --gate:#7fcbbb;--gate-deep:#a2dccf;--gate-ink:#0b211d;--alarm:#ffb5a7;--alarm-card:#3a201d
}}
*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{
  margin:0;min-height:100vh;display:flex;flex-direction:column;padding:1rem;
  background:var(--ground);color:var(--ink);overflow-wrap:anywhere;
  font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif
}
.wall{width:100%;max-width:27rem;margin:auto;padding:.5rem 0}
.wall::before{
  content:"";display:block;height:9px;
  background:linear-gradient(90deg,var(--gate) 30%,transparent 0 70%,var(--gate) 0) 0 0/30px 9px round
}
header,main{background:var(--card);padding:1.25rem clamp(1.25rem,7vw,2.25rem)}
header{
  display:flex;align-items:center;gap:.75rem;color:var(--gate);
  border-top:4px solid;border-bottom:1px solid var(--rule)
}
header p{margin:0;font-size:1.25rem;font-weight:650;line-height:1.3;color:var(--ink)}
svg{flex:none}
main{padding-top:1.75rem;padding-bottom:2rem;border-radius:0 0 6px 6px}
h1{margin:0;font-size:1.625rem;line-height:1.25;font-weight:650;letter-spacing:-.015em;text-wrap:balance}
h1 strong,h2 strong{color:var(--gate)}
h2{margin:0;font-size:1.25rem;line-height:1.3;font-weight:650;text-wrap:balance}
section{margin-top:1.75rem;padding-top:1.5rem;border-top:1px solid var(--rule)}
p{margin:.75rem 0 0}
.lead,.aside{color:var(--quiet)}
.lead{margin-top:.375rem}
.lead strong{color:var(--ink);font-weight:600}
.aside{font-size:.9375rem}
.problem{margin-top:1.25rem;padding:.75rem 1rem;background:var(--alarm-card);color:var(--alarm);border-left:4px solid}
form{margin-top:1.5rem}
label{display:block;margin:1rem 0 .375rem;font-weight:600}
input,button{font:inherit;color:inherit;width:100%;min-height:48px;border-radius:6px}
input{padding:.5rem .75rem;border:1px solid var(--edge);background:var(--card)}
input[aria-invalid]{border-color:var(--alarm)}
button{padding:.5rem 1rem;font-weight:600;border:1px solid var(--edge);background:none;cursor:pointer}
button:hover{border-color:var(--ink)}
.primary{background:var(--gate);border-color:var(--gate);color:var(--gate-ink)}
.primary:hover{background:var(--gate-deep);border-color:var(--gate-deep)}
label~.primary{margin-top:1.75rem}
:focus-visible{outline:3px solid var(--gate);outline-offset:2px}
.choice{display:flex;flex-wrap:wrap;gap:.75rem}
.choice button{flex:1 1 8rem}
input.code{font:600 1.375rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;letter-spacing:.125em;text-transform:uppercase}
p.code{
  margin-top:.5rem;font:600 1.75rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;
  letter-spacing:.125em;text-wrap:balance
}
#scopes{margin-top:1.25rem}
.detail{margin-top:1rem;padding:.75rem 1rem;border:1px solid var(--rule);border-radius:6px}
.detail :is(h2,h3){margin:0;font-size:1.0625rem;line-height:1.3}
.detail dl{margin:.5rem 0 0;border:0;display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem}
.detail dt,.detail dd{margin:0;padding:0;border:0;min-width:0;font-size:1rem}
.detail dt{color:var(--quiet)}
.detail dd dl{margin:0;padding:0}
@media (max-width:26rem){.detail>dl{display:block}.detail>dl>dt{margin-top:.5rem}.detail>dl>dd{padding-left:1rem}}
.links+p{margin-top:0}
ul{list-style:none;margin:.5rem 0 0;padding:0;border-bottom:1px solid var(--rule)}
li{padding:.625rem 0 .625rem 1.5rem;border-top:1px solid var(--rule);position:relative}
li::before{
  content:"";position:absolute;left:.125rem;top:1rem;width:.625rem;height:.75rem;
  background:var(--gate);border-radius:.3125rem .3125rem 0 0
}
.links{margin-top:.25rem;display:flex;flex-wrap:wrap;column-gap:1.25rem;font-size:.9375rem}
a{display:inline-flex;align-items:center;min-height:44px;color:var(--gate);text-underline-offset:.2em}
a:hover{color:var(--gate-deep)}
dl{margin:1.5rem 0 0;padding-top:.25rem;border-top:1px solid var(--rule)}
dt{margin-top:.75rem;font-size:.875rem;color:var(--quiet)}
dd{margin:0}
code{font:.9375em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
footer{text-align:center;font-size:.875rem;color:var(--quiet)}
footer p{margin:.5rem 0 0}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (prefers-reduced-motion:no-preference){button{transition:background-color .15s,border-color .15s}}
`

/** The stylesheet as it is sent and hashed: the same text without its line breaks. */
export const stylesheet: string = source.replace(/\n */g, '')
