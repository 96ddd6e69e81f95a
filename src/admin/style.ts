// SPDX-License-Identifier: Apache-2.0
// The one style sheet: calm and dense, the fonts of the system, digits of one width. On narrow screens a row of a table becomes
// a block whose cells name their column.
import { DARK, LIGHT, type Palette } from './palette.ts';

export const STYLE = `:root { color-scheme: light dark; ${variables(LIGHT)} --mono: ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", monospace; }
@media (prefers-color-scheme: dark) { :root { ${variables(DARK)} } }

/* ground */
*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-top: 4rem; }
body { margin: 0; background: var(--ground); color: var(--text); font: 14px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1, h2, p, ul, ol, dl, dd { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1 { font-size: 1.375rem; line-height: 1.3; font-weight: 600; }
h2 { font-size: 1rem; font-weight: 600; margin-bottom: .5rem; }
a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: 1px; }
th a, nav a, dd a, .brand a { text-decoration: none; }
a:hover { text-decoration: underline; }
code, kbd { font: .9em var(--mono); }
kbd { border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 3px; padding: 0 .3em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }
.soft, .count, .nothing { color: var(--soft); font-weight: 400; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -99rem; z-index: 2; padding: .5rem 1rem; background: var(--raised); }
.skip:focus { left: 1rem; top: .5rem; }

/* states: a sign and a word, and a colour beside them */
.word { font-weight: 600; white-space: nowrap; }
.word::before { content: ""; display: inline-block; width: .55em; height: .55em; margin-right: .4em; background: currentcolor; }
.good { color: var(--good); } .good.word::before { border-radius: 50%; }
.warn { color: var(--warn); } .warn.word::before { clip-path: polygon(50% 0, 100% 100%, 0 100%); width: .65em; height: .6em; }
.bad { color: var(--bad); }
.calm { color: var(--soft); } .calm.word::before { height: .15em; vertical-align: .2em; }

/* frame */
.top, .bottom, main, #notice { padding-left: 1.5rem; padding-right: 1.5rem; max-width: 110rem; margin: 0 auto; }
.top { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1.5rem; padding-top: .75rem; padding-bottom: .75rem; }
.brand { font-weight: 600; } .brand .owner { color: var(--soft); font-weight: 400; margin-left: .5rem; }
.top ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
#freshness { margin-left: auto; color: var(--soft); }
.silent .headline { filter: grayscale(1); opacity: .6; }
#notice { position: sticky; top: 0; z-index: 1; padding-top: .6rem; padding-bottom: .6rem; background: var(--raised); color: var(--bad); font-weight: 600; border-bottom: 2px solid currentcolor; }
#notice[data-tone=news] { color: var(--accent); }
main { display: block; padding-bottom: 1rem; overflow-wrap: anywhere; }
.bottom { padding-top: .5rem; padding-bottom: 2rem; color: var(--soft); }
.bottom ul { display: flex; flex-wrap: wrap; gap: .15rem 1rem; margin-bottom: .35rem; }
section { background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: 1rem 1.25rem; margin-bottom: 1rem; }
section section, section > h2:not(:first-child) { margin-top: 1.5rem; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0 1rem; }
@media (min-width: 48rem) {
  .side { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0 1rem; }
  .side section { max-height: 14rem; overflow: auto; }
}
@media (min-width: 87.5rem) {
  .columns { grid-template: "top-part side" auto "list side" 1fr / minmax(0, 1fr) 23rem; }
  .top-part { grid-area: top-part; } .side { grid-area: side; display: block; } .list { grid-area: list; }
  .side section { max-height: none; }
}

/* the state at a glance */
.headline { border-left: 4px solid currentcolor; }
.headline p, .headline .notes { color: var(--text); max-width: 110ch; }
.headline h1 { font-size: 1.5rem; }
section:not(.headline) > h1 { margin-bottom: .5rem; }
h1 .word:not(:first-child) { margin-left: .5rem; }
.headline h1 { color: var(--text); } .headline .soft { color: var(--soft); }
.headline .remedy { color: var(--soft); }
.notes { margin-top: .75rem; display: grid; gap: .35rem; }
.notes li { padding-left: 1.1rem; position: relative; color: var(--soft); }
.notes li::before { content: "!"; position: absolute; left: .15rem; font-weight: 700; color: var(--warn); }
.facts { display: flex; flex-wrap: wrap; gap: .75rem 2.5rem; margin: .25rem 0 1rem; padding: 0 1.25rem; }
.facts dt { color: var(--soft); font-size: .9em; }
.facts dd:nth-of-type(1) { font-size: 1.15rem; font-weight: 600; }
section .facts { padding: 0; margin: .75rem 0; }

/* tables */
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: baseline; padding: .3rem .75rem .3rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; font-weight: 400; }
thead th { border-top: 0; color: var(--soft); font-size: .9em; white-space: nowrap; }
tbody th { font-weight: 600; min-width: 7.5em; }
th:last-child, td:last-child { padding-right: 0; }
th.number, td.number { text-align: right; white-space: nowrap; padding-right: 1.5rem; }
td.none { color: var(--bad); }
.path { white-space: nowrap; }
/* Long names may be broken anywhere; so that no short one is, each column keeps the room of its words. */
.unit { white-space: nowrap; }
.host { min-width: 7.5em; }
.address { min-width: 10em; }
.ports { min-width: 5em; }
.labels { min-width: 9.5em; }
.found { min-width: 10em; }
tbody tr:hover { background: color-mix(in srgb, var(--line) 30%, transparent); }
.error td { border-top: 0; padding-top: 0; color: var(--bad); }
.error td .soft { color: var(--soft); }

/* lists */
details > summary { cursor: pointer; }
details[open] > summary { margin-bottom: .35rem; }
.problems { display: grid; gap: .35rem; max-width: 90ch; }
td .problems { padding-bottom: .35rem; }
.found code { overflow-wrap: normal; }
.clients, .codes { display: grid; gap: .6rem; }
.clients > li + li { border-top: 1px solid var(--line); padding-top: .6rem; }
.clients .name { overflow-wrap: anywhere; margin-right: .4rem; }
.clients table { font-size: .9em; }
.codes p { margin: 0 0 .35rem 1rem; }
.changes { display: grid; gap: .3rem; }
.changes li { display: grid; grid-template-columns: 5rem minmax(0, 1fr); gap: .5rem; }
.changes .when { color: var(--soft); }
.changes .what { }

/* the way of a service: one line down the side, with a sign at each stage */
.way { margin: .75rem 0; }
.way > li { position: relative; padding: 0 0 .75rem 1.5rem; border-left: 2px solid var(--line); margin-left: .4rem; }
.way > li:last-child { border-color: transparent; padding-bottom: 0; }
.way > li::before { content: ""; position: absolute; left: -.4rem; top: .4rem; width: .7rem; height: .7rem; border-radius: 50%; background: var(--soft); }
.way > .passed::before { background: var(--good); }
.way > .noted::before { background: var(--warn); border-radius: 0; clip-path: polygon(50% 0, 100% 100%, 0 100%); }
.way > .stopped::before { background: var(--bad); border-radius: 0; }
.way .title { display: flex; flex-wrap: wrap; gap: 0 .75rem; }
.way .title .word::before { content: none; }
.way .title b:first-child { text-transform: capitalize; }
.way table, .way .problems { margin-top: .35rem; }

/* the filter */
form { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; }
input, select, button { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--soft); border-radius: 4px; padding: .3rem .6rem; min-height: 2rem; }
#filter-text { flex: 1 1 14rem; min-width: 0; max-width: 40rem; }
::placeholder { color: var(--soft); opacity: 1; }
button { cursor: pointer; }
.count { margin: .5rem 0; }
.order { color: var(--soft); }
.pager { display: flex; gap: 1rem; padding-top: .75rem; border-top: 1px solid var(--line); }

@media (max-width: 48rem) {
  .top, .bottom, main, #notice { padding-left: .75rem; padding-right: .75rem; }
  section { padding: .75rem; }
  .keys { display: none; }
  #freshness { margin-left: 0; width: 100%; }
  .facts { padding: 0 .75rem; gap: .5rem 1.5rem; }
  .facts > div { flex: 1 1 8rem; }
  tbody th, .host, .address, .ports, .labels, .found { min-width: 0; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, th, td { display: block; }
  tbody tr { border-top: 1px solid var(--line); padding: .4rem 0; }
  tbody th, td, td.number { border: 0; padding: .1rem 0; text-align: left; white-space: normal; }
tbody td[data-label], tbody td.number[data-label] { display: flow-root; padding-left: 7.5rem; }
  td[data-label]::before { content: attr(data-label); float: left; width: 7rem; margin-left: -7.5rem; color: var(--soft); font-weight: 400; }
  td[data-label]:empty { display: none; }
}
@media print { .top nav, form, .pager, .skip { display: none; } }
`;

function variables(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, value]) => `--${name}: ${value};`)
    .join(' ');
}
