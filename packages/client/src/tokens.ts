import type { KeyStorage } from './environment.ts'

/** Where the refresh token lies. The access token is never anywhere but in memory. */
export interface TokenStore {
  readonly type: 'store'
  /** Whether other tabs or processes read the same one: then they share the session. */
  readonly shared: boolean
  read(): string | null
  write(token: string | null): void
}

/**
 * tienda keeps the refresh token in an HttpOnly cookie, which no script ever sees. For pages of its
 * own origin, as only they get at `/api/sesion`.
 */
export interface CookieTokens {
  readonly type: 'cookie'
}

export type RefreshTokens = TokenStore | CookieTokens

/** The session ends with the page. */
export function memoryTokens(): TokenStore {
  let held: string | null = null
  return {
    type: 'store',
    shared: false,
    read: () => held,
    write(token) {
      held = token
    },
  }
}

/** The session survives in `storage`, which any script of the same origin can read. */
export function storedTokens(storage: KeyStorage, key = 'encargo:refresh-token'): TokenStore {
  return {
    type: 'store',
    shared: true,
    read: () => storage.getItem(key),
    write(token) {
      if (token === null) storage.removeItem(key)
      else storage.setItem(key, token)
    },
  }
}

export const cookieTokens: CookieTokens = { type: 'cookie' }
