import type { FollowState, Told } from './line.ts'

/** What tabs that share a line tell each other. It never leaves the browser's own memory. */
export type LineMessage =
  /** A tab is here, and was told up to `from`; undefined if it begins now. */
  | { readonly type: 'hello'; readonly from: string | undefined }
  | Here
  | { readonly type: 'told'; readonly told: Told }

/** The leader's word: what it tells next follows right after `place`. */
export interface Here {
  readonly type: 'here'
  readonly state: FollowState
  readonly place: string | undefined
  /** Places after it are no longer: the service's data is older than it was. */
  readonly lost: boolean
}

/** Only scripts of this origin can write here, but of an older version of the page as well. */
export function isLineMessage(value: unknown): value is LineMessage {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false
  switch (value.type) {
    case 'hello':
      return 'from' in value
    case 'here':
      return 'state' in value && 'place' in value && 'lost' in value
    case 'told':
      return 'told' in value && typeof value.told === 'object' && value.told !== null
    default:
      return false
  }
}
