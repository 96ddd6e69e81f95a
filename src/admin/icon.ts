// SPDX-License-Identifier: Apache-2.0
// The sign of the pages in a browser's tab: a footbridge over water.

export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f5f99"/><path d="M4 17h24M7 17c3-8 15-8 18 0M11 17v-4.6M16 17v-6M21 17v-4.6" fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round"/><path d="M5 23c2-2 4-2 5.5 0s3.5 2 5.5 0 4-2 5.5 0 3.5 2 5.5 0" fill="none" stroke="#9ecbf2" stroke-width="2" stroke-linecap="round"/></svg>
`;
