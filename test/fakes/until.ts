/** Waits until `condition` holds; fails after a generous deadline with what was waited for. */
export async function until(condition: () => boolean, what: string, deadlineMs = 20_000): Promise<void> {
  const endMs = Date.now() + deadlineMs;
  while (!condition()) {
    if (Date.now() > endMs) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
