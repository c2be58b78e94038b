/** What the browser remembers, where it lets us: a private window may refuse. */
interface BrowserStorage {
  read(key: string): string | null
  write(key: string, value: string | null): void
}

function browserStorage(kind: 'localStorage' | 'sessionStorage'): BrowserStorage {
  return {
    read(key) {
      try {
        return globalThis[kind].getItem(key)
      } catch {
        return null
      }
    },
    write(key, value) {
      try {
        if (value === null) globalThis[kind].removeItem(key)
        else globalThis[kind].setItem(key, value)
      } catch {
        // Full or forbidden: what would be remembered is lost with the page, and nothing else.
      }
    },
  }
}

export const local = browserStorage('localStorage')
export const perTab = browserStorage('sessionStorage')
