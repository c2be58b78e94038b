import type { Page } from 'playwright-core'

/** What a page noticed of itself, in milliseconds. */
export interface Noticed {
  /** Largest contentful paint, from the beginning of the navigation. */
  readonly lcpMs: number
  /** What was painted then, for whoever wants to mend it. */
  readonly lcpOf: string
  /** The longest from an input to the paint after it (Event Timing); at least 16 is noticed. */
  readonly worstInputMs: number
}

/** Runs in the page, before its own scripts. Its policy has no say in what DevTools puts there. */
function takeNotes(): void {
  const notes = { lcpMs: 0, lcpOf: '', worstInputMs: 0 }
  Reflect.set(window, 'notes', notes)
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      notes.lcpMs = entry.startTime
      const element: unknown = Reflect.get(entry, 'element')
      if (!(element instanceof Element)) continue
      notes.lcpOf = `${element.localName} ${(element.textContent ?? '').slice(0, 40)}`
    }
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  const inputs = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      // Without an interaction, the pointer only moved over something.
      if (!Reflect.get(entry, 'interactionId')) continue
      notes.worstInputMs = Math.max(notes.worstInputMs, entry.duration)
    }
  })
  // The least that browsers note; TypeScript does not know the option yet.
  const all: PerformanceObserverInit & { readonly durationThreshold: number } = {
    type: 'event',
    buffered: true,
    durationThreshold: 16,
  }
  inputs.observe(all)
}

/** From now on, every page that this one opens takes notes. */
export const watch = (page: Page) => page.addInitScript(takeNotes)

/** After what happened last was painted and noted. */
const painted = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() =>
      setTimeout(() => requestAnimationFrame(() => setTimeout(resolve, 50))),
    )
  })

export async function notesOf(page: Page): Promise<Noticed> {
  await page.evaluate(painted)
  return await page.evaluate((): Noticed => Reflect.get(window, 'notes'))
}

/** The longest wait for a paint among the inputs that `act` makes, in milliseconds. */
export async function worstInputOf(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(painted)
  await page.evaluate(() => void Object.assign(Reflect.get(window, 'notes'), { worstInputMs: 0 }))
  await act()
  return (await notesOf(page)).worstInputMs
}
