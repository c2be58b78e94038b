import type { KeyStorage } from './environment.ts'

/** The same whatever the order of the members. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member
    return Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
}

/** Texts under one key, which survive a reload; a storage that is full or forbidden only costs that. */
export class Remembered {
  readonly #storage: KeyStorage
  readonly #key: string

  constructor(storage: KeyStorage, key: string) {
    this.#storage = storage
    this.#key = key
  }

  /** Whatever lies there, by its members; what is no text is none. */
  read(): Readonly<Partial<Record<string, string>>> {
    try {
      const found: unknown = JSON.parse(this.#storage.getItem(this.#key) ?? 'null')
      if (typeof found !== 'object' || found === null) return {}
      return Object.fromEntries(
        Object.entries(found).filter(
          (pair): pair is [string, string] => typeof pair[1] === 'string',
        ),
      )
    } catch {
      return {}
    }
  }

  write(texts: Readonly<Record<string, string>>): void {
    try {
      this.#storage.setItem(this.#key, JSON.stringify(texts))
    } catch {
      // It is remembered for as long as the page lives, and no longer.
    }
  }

  forget(): void {
    try {
      this.#storage.removeItem(this.#key)
    } catch {
      // What can't be removed is the next one's to overwrite.
    }
  }
}
