import { afterEach, describe, expect, test } from 'bun:test'
import { createRandom, fuzzSeed } from '@encargo/service-kit/testing/random'
import { type EventoSeguido, type Locks, storedTokens } from '../src/index.ts'
import { memoryStorage, type Visibility } from '../src/environment.ts'
import { createBrowser, cuenta, FakeAuth, Line, prepare, turn } from './fixture.ts'

const open: AbortController[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.abort()
})

/** A page that the test shows and hides. */
class Page implements Visibility {
  #hidden = false
  readonly #listeners = new Set<() => void>()
  readonly hidden = () => this.#hidden

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  turn(hidden: boolean): void {
    this.#hidden = hidden
    for (const listener of this.#listeners) listener()
  }
}

/** The streams of a service: where each began, and whether it is still open. */
class Streams {
  readonly all: { readonly line: Line; readonly from: string | null; open: boolean }[] = []

  readonly answer = (asked: { readonly headers: Headers; readonly signal: AbortSignal }) => {
    const one = { line: new Line(), from: asked.headers.get('last-event-id'), open: true }
    this.all.push(one)
    asked.signal.addEventListener('abort', () => {
      one.open = false
      one.line.break()
    })
    return one.line.response()
  }

  /** The only one that is open, once there is one after `before` others. */
  async only(before: number): Promise<Line> {
    for (;;) {
      const current = this.all.filter((one) => one.open)
      const [one] = current
      if (one && this.all.length > before) {
        expect(current).toHaveLength(1)
        return one.line
      }
      await turn()
    }
  }

  get open(): number {
    return this.all.filter((one) => one.open).length
  }
}

async function until(is: () => boolean): Promise<void> {
  while (!is()) await turn()
}

/** A browser whose tabs follow orders, of one session. */
async function prepareBrowser(platform: { locks?: Locks | undefined } = {}) {
  const [browser, auth, streams] = [createBrowser(), new FakeAuth(), new Streams()]
  auth.subject = 'ana'
  const tokens = storedTokens(memoryStorage())
  const { locks, channel } = browser
  const tab = () => {
    const page = new Page()
    const environment = { locks, channel, visibility: page, random: () => 0, ...platform }
    const made = prepare(streams.answer, { tokens, environment }, auth)
    const seen: EventoSeguido[] = []
    const states: string[] = []
    const stop = new AbortController()
    open.push(stop)
    const follow = () =>
      (async () => {
        const { signal } = stop
        const options = { signal, onState: (state: string) => void states.push(state) }
        for await (const one of made.client.eventos(options)) seen.push(one)
      })()
    const ids = () => seen.map(({ id }) => id)
    return { ...made, page, states, stop, follow, ids }
  }
  const first = tab()
  await first.client.login(cuenta)
  return { browser, auth, streams, tab, first }
}

type Tab = Awaited<ReturnType<typeof prepareBrowser>>['first']
const isOpen = (one: Tab) => until(() => one.states.at(-1) === 'open')

/** Seven tabs on one line that is open at place 4. */
async function sevenTabs() {
  const made = await prepareBrowser()
  const tabs = [made.first, ...Array.from({ length: 6 }, made.tab)]
  for (const one of tabs) void one.follow()
  const line = await made.streams.only(0)
  line.send(': hola\nid: 4\n\n')
  for (const one of tabs) await isOpen(one)
  return { ...made, tabs, line }
}

const seed = fuzzSeed(process.env['FUZZ_SEED'])

/** A service that has told `last` changes, to whoever has a stream open. */
class Service {
  last = 0
  readonly #streams: Streams
  readonly #greeted = new Set<Streams['all'][number]>()

  constructor(streams: Streams) {
    this.#streams = streams
  }

  /** Greets those who came, and tells them what they have not heard. */
  serve(): void {
    for (const one of this.#streams.all) {
      if (!one.open || this.#greeted.has(one)) continue
      this.#greeted.add(one)
      const from = Number(one.from ?? this.last)
      one.line.send(`: hola\nid: ${from}\n\n`)
      for (let id = from + 1; id <= this.last; id++) one.line.event(id)
    }
  }

  change(): void {
    this.last++
    for (const one of this.#greeted) if (one.open) one.line.event(this.last)
  }

  end(): void {
    for (const one of this.#streams.all) {
      if (!one.open || !this.#greeted.has(one)) continue
      one.line.end()
      one.open = false
    }
  }
}

describe('one stream for all tabs of a session', () => {
  test(`loses nothing and repeats nothing as tabs come, hide, seem to hang and go (seed ${seed})`, async () => {
    const random = createRandom(seed)
    const { streams, tab, first } = await prepareBrowser()
    const service = new Service(streams)
    const tabs = [first]
    const any = () => tabs[Math.floor(random() * tabs.length)] ?? first
    void first.follow()
    const steps: (() => void)[] = [
      () => any().page.turn(random() < 0.4),
      () => void any().pass(30_000),
      () => void any().pass(10_000),
      () => service.end(),
      () => {
        if (tabs.length < 6) void tabs[tabs.push(tab()) - 1]?.follow()
      },
      () => {
        if (tabs.length > 1) tabs.splice(Math.floor(random() * tabs.length), 1)[0]?.stop.abort()
      },
    ]
    const settle = async (turns: number) => {
      for (let nth = 0; nth < turns; nth++) {
        service.serve()
        for (const one of tabs) one.pass(0)
        await turn()
      }
    }
    for (let nth = 0; nth < 400; nth++) {
      if (random() < 0.6) service.change()
      else steps[Math.floor(random() * steps.length)]?.()
      await settle(Math.floor(random() * 4))
    }
    for (const one of tabs) one.page.turn(false)
    const all = async (is: (one: Tab) => boolean) => {
      while (!tabs.every(is)) {
        await settle(1)
        for (const one of tabs) one.pass(10_000)
      }
    }
    await all(({ states }) => states.at(-1) === 'open')
    service.change()
    await all((one) => one.ids().at(-1) === String(service.last))
    for (const one of tabs) {
      const begin = Number(one.ids()[0])
      expect(one.ids()).toEqual(one.ids().map((_, nth) => String(begin + nth)))
    }
    await settle(3)
    expect(streams.open).toBe(1)
  }, 20_000)

  test('seven tabs hold one stream, and each hears every change once', async () => {
    const { tabs, line, streams } = await sevenTabs()
    line.event(5)
    line.event(7)
    for (const one of tabs) await until(() => one.ids().length === 2)
    expect(tabs.map((one) => one.ids())).toEqual(tabs.map(() => ['5', '7']))
    expect(streams.all).toHaveLength(1)
  })

  test('when the tab that holds it closes, another goes on from where it was', async () => {
    const { tabs, line, streams } = await sevenTabs()
    line.event(5)
    for (const one of tabs) await until(() => one.ids().length === 1)
    tabs[0]?.stop.abort()
    const next = await streams.only(1)
    expect(streams.all[1]?.from).toBe('5')
    next.send(': hola\nid: 5\n\n')
    next.event(6)
    for (const one of tabs.slice(1)) {
      await until(() => one.ids().length === 2)
      expect(one.ids()).toEqual(['5', '6'])
    }
  })

  test('when the tab that holds it hangs, another takes it over, and the first only listens then', async () => {
    const { browser, tabs, streams } = await sevenTabs()
    const [hanging, second, ...others] = tabs
    // Nothing of the first reaches the others any more, and it hears nothing.
    const own = [...browser.channels].find(({ name }) => name.includes('line'))
    if (own) browser.channels.delete(own)
    if (!own || !hanging || !second) throw new Error('nobody leads')
    second.pass(30_000)
    const next = await streams.only(1)
    expect(streams.all.map(({ from }) => from)).toEqual([null, '4'])
    browser.channels.add(own)
    next.send(': hola\nid: 4\n\n')
    next.event(5)
    for (const one of [hanging, second, ...others]) {
      await until(() => one.ids().length === 1)
      expect(one.ids()).toEqual(['5'])
    }
  })

  test('a hidden tab lets go, and catches up without a gap or a repetition for anybody', async () => {
    const { tabs, line, streams } = await sevenTabs()
    const [leader, second] = tabs
    if (!leader || !second) throw new Error('no tabs')
    second.page.turn(true)
    await until(() => second.states.at(-1) === 'waiting')
    line.event(5)
    line.event(6)
    await until(() => leader.ids().length === 2)
    expect(second.ids()).toEqual([])
    second.page.turn(false)
    // The line begins anew where the second tab was.
    const again = await streams.only(1)
    expect(streams.all.map(({ from }) => from)).toEqual([null, '4'])
    again.send(': hola\nid: 4\n\n')
    for (const id of [5, 6, 7]) again.event(id)
    for (const one of tabs) {
      await until(() => one.ids().length === 3)
      expect(one.ids()).toEqual(['5', '6', '7'])
    }
  })

  test('hidden, all of them hold no stream at all', async () => {
    const { tabs, streams } = await sevenTabs()
    for (const one of tabs) one.page.turn(true)
    while (streams.open > 0) await turn()
    await turn()
    expect(streams.open).toBe(0)
    tabs[3]?.page.turn(false)
    await streams.only(1)
    expect(streams.all.at(-1)?.from).toBe('4')
  })

  test('a service whose data is older than it was begins at its new present, for all', async () => {
    const { tabs, line, streams } = await sevenTabs()
    const [leader] = tabs
    line.end()
    while (!leader?.pass(0)) await turn()
    const next = await streams.only(1)
    expect(streams.all[1]?.from).toBe('4')
    next.send(': hola\nid: 2\n\n')
    next.event(3)
    for (const one of tabs) {
      await until(() => one.ids().length === 1)
      expect(one.ids()).toEqual(['3'])
    }
  })

  test('somebody else in the same browser has a stream of their own, and hears nothing of the first', async () => {
    const { browser, first, streams, tab } = await prepareBrowser()
    void first.follow()
    ;(await streams.only(0)).send(': hola\nid: 4\n\n')
    await isOpen(first)
    // Another store, as that of another profile would be, but the same channels and locks.
    const other = new FakeAuth()
    other.subject = 'luis'
    const { locks, channel } = browser
    const settings = {
      tokens: storedTokens(memoryStorage()),
      environment: { locks, channel, random: () => 0 },
    }
    const luis = prepare(streams.answer, settings, other)
    const heard: string[] = []
    const stop = new AbortController()
    open.push(stop)
    await luis.client.login(cuenta)
    void (async () => {
      for await (const { id } of luis.client.eventos({ signal: stop.signal })) heard.push(id)
    })()
    while (streams.open < 2) await turn()
    streams.all[0]?.line.event(5)
    await until(() => first.ids().length === 1)
    expect(heard).toEqual([])
    expect(tab().client.session).toBe('unknown')
  })

  test('after a login as somebody else the stream of the one before is let go', async () => {
    const { auth, first, streams } = await prepareBrowser()
    void first.follow()
    ;(await streams.only(0)).send(': hola\nid: 4\n\n')
    await isOpen(first)
    auth.subject = 'luis'
    await first.client.login(cuenta)
    await streams.only(1)
    const sent = first.asked.at(-1)?.headers.get('authorization') ?? ''
    expect(atob(sent.split('.')[1] ?? '')).toContain('luis')
  })

  test('where a page is given no lock, it has its own, and asks no more for one', async () => {
    let asked = 0
    const locks: Locks = {
      request: () => {
        asked++
        return Promise.reject(new DOMException('not here', 'SecurityError'))
      },
    }
    const { first, streams } = await prepareBrowser({ locks })
    void first.follow()
    const line = await streams.only(0)
    line.send(': hola\nid: 4\n\n')
    line.event(5)
    await until(() => first.ids().length === 1)
    expect(asked).toBe(1)
  })

  test('without locks each tab has its own, which it lets go while nobody sees it', async () => {
    const { first, tab, streams } = await prepareBrowser({ locks: undefined })
    const second = tab()
    void first.follow()
    void second.follow()
    while (streams.open < 2) await turn()
    for (const { line } of streams.all) line.send(': hola\nid: 4\n\n')
    await isOpen(first)
    first.page.turn(true)
    while (streams.open > 1) await turn()
    first.page.turn(false)
    while (streams.open < 2) await turn()
    expect(streams.all.at(-1)?.from).toBe('4')
  })
})
