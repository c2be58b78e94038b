import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageName } from './answers.ts'
import type { Answers } from './answers.ts'
import type { Language } from './texts.ts'

/** A file of the new shop; its path is from the shop's folder, with slashes. */
export interface ShopFile {
  readonly path: string
  readonly text: string
  /** It holds a secret: nobody but its owner reads it. */
  readonly secret: boolean
}

export interface Facts extends Answers {
  readonly language: Language
  /** Of Encargo: the shop gets just this one. */
  readonly version: string
  /** Of the first administrator. */
  readonly password: string
}

/** Beside what this runs from, as a source and as it is published. */
const templates = fileURLToPath(new URL('../template', import.meta.url))

/** A registry leaves files out whose names begin with a dot, or reads them itself. */
const dotted = (path: string) => path.replace(/(^|\/)dot-/, '$1.')

function manifest({ folder, version }: Facts): string {
  const scripts = {
    start: 'encargo --env-file=.env',
    dev: 'encargo --env-file=.env.dev dev',
    audit: 'encargo --env-file=.env audit',
    backup: 'encargo --env-file=.env backup',
    // Called by itself it would take another folder for the shop's data.
    encargo: 'encargo --env-file=.env',
  }
  const fields = {
    name: packageName(folder),
    private: true,
    scripts,
    dependencies: { encargo: version },
  }
  return `${JSON.stringify(fields, null, 2)}\n`
}

function filled(text: string, facts: Facts): string {
  const values: Readonly<Record<string, string>> = { ...facts }
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`a template asks for ${name}`)
    return value
  })
}

function filesOf(part: string, facts: Facts): ShopFile[] {
  const folder = join(templates, part)
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const full = join(entry.parentPath, entry.name)
      const path = dotted(full.slice(folder.length + 1).replaceAll('\\', '/'))
      const text = filled(readFileSync(full, 'utf8'), facts)
      return { path, text, secret: path === '.env' }
    })
}

/** All of a new shop. The manifest is the last: a folder without one is not a shop yet. */
export function shopFiles(facts: Facts): ShopFile[] {
  const files = ['both', facts.language].flatMap((part) => filesOf(part, facts))
  return [...files, { path: 'package.json', text: manifest(facts), secret: false }]
}
