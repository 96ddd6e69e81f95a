// SPDX-License-Identifier: Apache-2.0
// The one style sheet. Colours stand for state alone, and a word always says the same.

export const STYLE = `:root { color-scheme: light dark; --line: #8884; --soft: #777; --good: #1a7f37; --bad: #b3261e; --link: #0b57a4; }
@media (prefers-color-scheme: dark) { :root { --soft: #999; --good: #4fbf6b; --bad: #ff8a80; --link: #7db7ff; } }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem; overflow-x: auto; }
h1 { font-size: 1.5rem; margin: 0 0 1rem; }
h1 small { font-weight: normal; color: var(--soft); }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
a { color: var(--link); }
code { font: .9em ui-monospace, monospace; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: normal; color: var(--soft); }
td:last-child { min-width: 14rem; }
.good { color: var(--good); font-weight: 600; }
.bad { color: var(--bad); font-weight: 600; }
.notice { border-left: 4px solid var(--bad); margin: 0 0 1rem; padding: .5rem 1rem .5rem 2rem; }
`;
