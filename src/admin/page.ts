// SPDX-License-Identifier: Apache-2.0
// The frame of every HTML page. No script, no inline style, nothing from elsewhere: the content security policy of
// server.ts allows only the style sheet. `html` escapes whatever is put in.
import { html } from 'hono/html';

export type Html = ReturnType<typeof html>;

export async function page(title: string, content: Html): Promise<string> {
  const whole = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`;
  return String(whole);
}
