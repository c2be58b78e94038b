import type { ServiceName } from '@encargo/service-kit/run/config'
import {
  claimSchema,
  fillSchema,
  releaseSchema,
  type Schema,
  SchemaTakenError,
  servicesAt,
} from '@encargo/storage/copy'
import { fileOf, services } from '../audit/databases.ts'
import { Sentence } from '../lib/command-line.ts'
import type { Servers } from '../lib/shop.ts'
import { isWithoutSchema, targetOf } from './services.ts'

export interface InOptions {
  /** Gives schemas that hold something another name, with this ending; without, that is refused. */
  readonly asideStamp?: string | undefined
  readonly progress?: ((what: string, done: number) => void) | undefined
  /** Called before each of its steps, which a test may make the last. */
  readonly step?: (name: string) => void
}

export interface In {
  readonly rows: number
  /** The names that schemas have now which held something. */
  readonly renamedTo: readonly string[]
}

export const schemasOf = (servers: Servers): readonly Schema[] =>
  services.map((service) => targetOf(service, servers[service].url))

/** Those of them that there are. */
export async function presentSchemas(servers: Servers): Promise<readonly Schema[]> {
  const found: Schema[] = []
  for (const { service, target } of targetsOf(servers)) {
    if (!(await isWithoutSchema(service, target))) found.push(target)
  }
  return found
}

/** Who was ended a moment ago may still be shown. */
const looks = 10
const pauseMs = 100

async function servedAt(schema: Schema): Promise<number> {
  for (let look = 1; ; look++) {
    const served = await servicesAt(schema)
    if (served === 0 || look === looks) return served
    await Bun.sleep(pauseMs)
  }
}

/** @throws Sentence while processes of the shop are connected */
export async function refuseIfServed(servers: Servers, then: string): Promise<void> {
  for (const schema of schemasOf(servers)) {
    const served = await servedAt(schema)
    if (served === 0) continue
    throw new Sentence(
      `${schema.schema} is in use (${served} connections): stop every replica of it, and then ${then}.`,
    )
  }
}

const targetsOf = (servers: Servers) =>
  services.map((service) => ({ service, target: targetOf(service, servers[service].url) }))

export const schemaTaken = (service: ServiceName) =>
  new Sentence(
    `The schema ${service} holds data already; with --force it is given another name, not deleted.`,
  )

/**
 * Copies the databases of a folder, which nobody uses, into schemas that no service uses until
 * `releaseAll`. What is cut short is begun anew by the next one.
 * @throws StorageOpenError, Sentence
 */
export async function copyIn(
  dataDir: string,
  servers: Servers,
  { asideStamp, progress = () => {}, step = () => {} }: InOptions = {},
): Promise<In> {
  const renamedTo: string[] = []
  // All of them first: none is copied where another is refused, and no service makes itself at home.
  for (const { service, target } of targetsOf(servers)) {
    step(`claim ${service}`)
    progress(`making the schema ${service}`, 0)
    const aside = asideStamp && `${service}_${asideStamp}`
    const renamed = await claimSchema(target, aside).catch((error: unknown) => {
      if (!(error instanceof SchemaTakenError)) throw error
      throw schemaTaken(service)
    })
    if (renamed && aside !== undefined) renamedTo.push(aside)
  }
  let rows = 0
  for (const { service, target } of targetsOf(servers)) {
    step(`fill ${service}`)
    rows += await fillSchema(target, fileOf(dataDir, service), {
      onRows: (count) => progress(`copying ${service}, ${count.toLocaleString('en')} rows`, 0),
    })
  }
  return { rows, renamedTo }
}

/** Lets the services use what was copied. */
export async function releaseAll(
  servers: Servers,
  step: (name: string) => void = () => {},
): Promise<void> {
  for (const { service, target } of targetsOf(servers)) {
    if (await isWithoutSchema(service, target)) continue
    step(`release ${service}`)
    await releaseSchema(target)
  }
}

/** As part of a schema's name: letters and digits alone. */
export const stampOf = (now: Date) => now.toISOString().replaceAll(/[^0-9]/g, '')
