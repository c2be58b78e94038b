import { basename, resolve } from 'node:path'
import { monedasIso } from '@encargo/service-kit/values/monedas'

/** What a new shop is made from. */
export interface Answers {
  /** As it was typed, for people; it counts from where the command was. */
  readonly folder: string
  readonly nombre: string
  /** ISO 4217. */
  readonly moneda: string
  /** An IANA name. */
  readonly zona: string
  /** The first administrator's. */
  readonly correo: string
}

/** Why an answer can't be used: the key of a text, and what arrived. */
export interface Refusal {
  readonly why: 'badFolder' | 'badName' | 'badCurrency' | 'badZone' | 'badEmail'
  readonly got: string
}

/** What no system, or one of them, allows in the name of a folder. */
const forbidden = /[\p{Cc}<>:"|?*\\]/u

/** The name of the shop's package, from its folder's; empty where nothing of that can be one. */
export function packageName(folder: string): string {
  const plain = basename(resolve(folder)).normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 100)
}

/** What the shop is called unless somebody says: `mi-tienda` is "Mi tienda". */
export function nameFor(folder: string): string {
  const words = packageName(folder).replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function isZone(zona: string): boolean {
  try {
    return zona !== '' && Boolean(new Intl.DateTimeFormat('en', { timeZone: zona }))
  } catch {
    return false
  }
}

/** A path's separators are those of this system; on Windows it may begin with a drive. */
function isFolder(folder: string): boolean {
  const path =
    process.platform === 'win32' ? folder.replace(/^[a-z]:/i, '').replaceAll('\\', '/') : folder
  return (
    folder !== '' && folder.length <= 200 && !forbidden.test(path) && packageName(folder) !== ''
  )
}

const checks: Readonly<
  Record<keyof Answers, readonly [Refusal['why'], (text: string) => boolean]>
> = {
  folder: ['badFolder', isFolder],
  // In quotes in a file of variables, which knows no way to write a quote or a new line there.
  nombre: ['badName', (text) => /^[^\p{Cc}"\\]{1,60}$/u.test(text) && text.trim() !== ''],
  moneda: ['badCurrency', (text) => monedasIso().includes(text)],
  zona: ['badZone', isZone],
  correo: [
    'badEmail',
    (text) => /^[^\s@"\\#]+@[^\s@"\\#]+\.[^\s@"\\#]+$/.test(text) && text.length <= 254,
  ],
}

/** What is wrong with one answer, or undefined. */
export function refusalOf(key: keyof Answers, text: string): Refusal | undefined {
  const [why, passes] = checks[key]
  return passes(text) ? undefined : { why, got: text }
}

/** What is wrong with the first answer that can't be used, or undefined. */
export function firstRefusal(answers: Answers): Refusal | undefined {
  const keys = Object.keys(checks) as (keyof Answers)[]
  return keys.map((key) => refusalOf(key, answers[key])).find(Boolean)
}
