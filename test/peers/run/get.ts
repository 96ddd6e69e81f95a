// Plain HTTP questions to the admin ports of the peers.

const DEADLINE_MS = 10_000;

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export async function get(url: string): Promise<Answer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MS) });
  return { status: response.status, body: await response.text() };
}

/** The body of a 200 answer; anything else throws. */
export async function getText(url: string): Promise<string> {
  const { status, body } = await get(url);
  if (status !== 200) throw new Error(`${url} answered ${status}: ${body.slice(0, 300)}`);
  return body;
}

export async function getJson(url: string): Promise<unknown> {
  return JSON.parse(await getText(url));
}
