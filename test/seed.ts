// What is random in the tests is drawn from one number, so that a run can be had again: `SEED=… npm test`.

/** As told by the variable `SEED`; otherwise another one in every process. */
export const SEED = seedFrom(process.env['SEED']);

function seedFrom(text: string | undefined): number {
  if (text === undefined || text === '') return Math.floor(Math.random() * 2 ** 31);
  const seed = Number(text);
  if (Number.isSafeInteger(seed) && seed >= 0 && seed < 2 ** 31) return seed;
  throw new Error(`SEED must be a whole number below ${2 ** 31}, not ${text}`);
}
