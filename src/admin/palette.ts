// SPDX-License-Identifier: Apache-2.0
// The colours of the pages, light and dark. Colours stand for state and links alone, and a word always says the same. A test
// holds every text at a contrast of 4.5 to 1 on every ground that it stands on (WCAG 2.2, level AA).

export interface Palette {
  /** Of the page, and of what is raised from it. */
  readonly ground: string;
  readonly raised: string;
  readonly line: string;
  readonly text: string;
  readonly soft: string;
  readonly accent: string;
  readonly good: string;
  readonly warn: string;
  readonly bad: string;
}

export const LIGHT: Palette = {
  ground: '#f7f8f9',
  raised: '#ffffff',
  line: '#dde1e6',
  text: '#1b1f24',
  soft: '#59626d',
  accent: '#1f5f99',
  good: '#197a3c',
  warn: '#8a5800',
  bad: '#b3261e',
};

export const DARK: Palette = {
  ground: '#121519',
  raised: '#1a1e24',
  line: '#303740',
  text: '#e4e7eb',
  soft: '#9ba5b1',
  accent: '#86bdf2',
  good: '#63c982',
  warn: '#e2b04a',
  bad: '#ff8f85',
};
