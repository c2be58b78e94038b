/** A test file, and how long it took. */
export interface Duration {
  readonly file: string
  readonly seconds: number
}

/** How long each test file took, of a JUnit report as Bun writes it. */
export function durationsIn(xml: string): Duration[] {
  // Blocks of tests are suites as well; the one of a file has its name.
  const suites = xml.matchAll(/<testsuite name="([^"]+)" file="\1"[^>]*? time="([\d.]+)"/g)
  return [...suites].map(([, file = '', time]) => ({ file, seconds: Number(time) }))
}

/** What to look at first when all of it takes too long; `durations.json` has what is to start first. */
export function printSlowest(durations: readonly Duration[]): void {
  const slowest = durations.toSorted((a, b) => b.seconds - a.seconds).slice(0, 10)
  if (durations.length > slowest.length) console.log('\nThe slowest test files, in seconds:')
  else return
  for (const { file, seconds } of slowest) console.log(`${seconds.toFixed(1).padStart(6)}  ${file}`)
}
