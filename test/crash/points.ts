import { Database } from 'bun:sqlite'
import { readFileSync } from 'node:fs'
import type { Environment, ServiceName } from '@encargo/service-kit/run/config'
import { calls, harmless } from './steps.ts'

type Armed =
  | {
      readonly mode: 'kill' | 'freeze'
      readonly point: string
      /** How many more times the point is reached before it takes effect. */
      left: number
      readonly say: (line: string) => void
    }
  | { readonly mode: 'record'; readonly passed: (point: string) => void }

let armed: Armed | undefined
/** How many steps are under way. */
let underWay = 0

/** Dies as under `kill -9`: nothing is flushed, closed or answered. */
function die(): never {
  process.kill(process.pid, 'SIGKILL')
  // A signal takes real time to arrive; nothing may go on meanwhile.
  for (;;) Bun.sleepSync(1000)
}

/** Stands still as a stopped machine does, until somebody has it go on. */
function standStill(): void {
  process.kill(process.pid, 'SIGSTOP')
}

function read(text: string, say: (line: string) => void): Armed {
  if (text === 'record') {
    return { mode: 'record', passed: (point) => say(`crash point passed: ${point}`) }
  }
  const [, still, point, nth = '1'] =
    /^(freeze )?(.+\.(?:antes|despues))(?::([1-9]\d{0,5}))?$/.exec(text) ?? []
  if (point !== undefined) {
    return { mode: still ? 'freeze' : 'kill', point, left: Number(nth), say }
  }
  throw new Error(`CRASH_AT must be a point and perhaps its nth passing, got ${text}`)
}

/**
 * Reads `CRASH_AT=[freeze ]<point>[:<nth>]` when a process starts; without it points do nothing. With
 * `freeze` it says so and stands still there instead of dying. `CRASH_AT=record` says every point that is
 * passed. `CRASH_AT=@<file>` arms nothing yet: each SIGUSR2 then reads what to do from the file, and says so
 * when it is done.
 */
export function armCrashPoint(env: Environment, say: (line: string) => void = () => {}): void {
  const text = env['CRASH_AT']
  if (text === undefined || text === '') return
  if (!text.startsWith('@')) {
    armed = read(text, say)
    return
  }
  process.on('SIGUSR2', () => {
    const asked = readFileSync(text.slice(1), 'utf8')
    armed = read(asked, say)
    say(`crash point armed: ${asked}`)
  })
}

function crashPoint(point: string): void {
  if (armed === undefined) return
  if (armed.mode === 'record') armed.passed(point)
  else if (armed.point === point && --armed.left === 0) {
    if (armed.mode === 'kill') die()
    armed.say(`crash point frozen: ${point}`)
    standStill()
  }
}

/**
 * Runs a durable write or a call to another service between its two points. A step that fails
 * passes the second one as well: the caller then knows as much as after an answer.
 */
export async function crashAround<T>(step: string, work: () => Promise<T>): Promise<T> {
  crashPoint(`${step}.antes`)
  underWay += 1
  try {
    return await work()
  } finally {
    underWay -= 1
    crashPoint(`${step}.despues`)
  }
}

/** Something that must not be but within a step: a recording shows it. */
function mustBeWithin(what: string): void {
  if (underWay === 0 && armed?.mode === 'record')
    armed.passed(`${what} outside of every step.antes`)
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

type Method = (...args: readonly unknown[]) => unknown

/** A copy of `target` with other members: what `change` makes of each, its class's methods too. */
function changed<T extends object>(
  target: T,
  change: (name: string, member: unknown) => unknown,
): T {
  const own: unknown = Object.getPrototypeOf(target)
  const inherited = own === Object.prototype ? [] : Object.getOwnPropertyNames(own)
  const names = [...Object.keys(target), ...inherited.filter((name) => name !== 'constructor')]
  const entries = names.map((name) => [name, change(name, Reflect.get(target, name))] as const)
  return { ...target, ...Object.fromEntries(entries) }
}

/**
 * What a service hands to `around`, with others in the place of what are steps: functions, the methods of
 * the ports that we know, and those of what a port has several of, such as followers.
 */
function replaced<Given extends object>(
  service: ServiceName,
  given: Given,
  replace: (step: string, method: Method) => Method,
): Given {
  const known: Readonly<Record<string, readonly string[]>> = harmless[service]
  const stepwise = <T extends object>(path: string, target: T, spared: readonly string[] = []): T =>
    changed(target, (name, member) => {
      if (Array.isArray(member)) {
        return member.map((one) => (isObject(one) ? stepwise(`${service}.${name}`, one) : one))
      }
      if (typeof member !== 'function' || spared.includes(name)) return member
      return replace(`${path}.${name}`, (...args) => Reflect.apply(member, target, args))
    })
  return changed(stepwise(service, given), (name, member) => {
    const spared = known[name]
    return spared && isObject(member) ? stepwise(`${service}.${name}`, member, spared) : member
  })
}

/** What a service is to use in the place of its ports. */
export const aroundPorts =
  (service: ServiceName) =>
  <Given extends object>(given: Given): Given =>
    replaced(
      service,
      given,
      (step, method) =>
        (...args) =>
          crashAround(step, async () => await method(...args)),
    )

/** The steps in what a service hands to `around`. */
export function stepsIn(service: ServiceName, given: object): string[] {
  const steps: string[] = []
  replaced(service, given, (step, method) => {
    steps.push(step)
    return method
  })
  return steps
}

/** Calls to peers that belong to no port are steps; others change nothing unless they are within one. */
export function aroundCalls(given: typeof fetch): typeof fetch {
  const steps: Readonly<Record<string, string>> = calls
  const call = (input: string | URL | Request, init?: RequestInit) => {
    const request = input instanceof Request ? input : { url: String(input), method: init?.method }
    const { pathname } = new URL(request.url)
    const step = steps[pathname]
    if (step !== undefined) return crashAround(step, () => given(input, init))
    const { method = 'GET' } = request
    if (method !== 'GET') mustBeWithin(`${method} ${pathname}`)
    return given(input, init)
  }
  return Object.assign(call, { preconnect: given.preconnect })
}

const isBegin = ([sql]: readonly unknown[]) => sql === 'BEGIN IMMEDIATE'

/** Looks at each transaction that writes, of databases opened from now on, once what it answers is called. */
export function watchWrites(): () => void {
  let watching = false
  /** Has `target` say that a write begins where its `name` is called, if `begins`. */
  function watch(target: object, name: string, begins: (args: unknown[]) => boolean): void {
    const method: unknown = Reflect.get(target, name)
    if (typeof method !== 'function') throw new TypeError(`there is no ${name} to watch`)
    Reflect.set(target, name, function (this: object, ...args: unknown[]): unknown {
      if (watching && begins(args)) mustBeWithin('a write')
      const result: unknown = Reflect.apply(method, this, args)
      if (name === 'prepare' && isBegin(args) && isObject(result)) watch(result, 'run', () => true)
      return result
    })
  }
  watch(Database.prototype, 'run', isBegin)
  watch(Database.prototype, 'prepare', () => false)
  return () => {
    watching = true
  }
}
