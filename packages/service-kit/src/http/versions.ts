import { plainTag } from './edge/encodings.ts'

/** A strong entity tag (RFC 9110, 8.8.3) out of a row's version. */
export function etag(version: number): string {
  return `"${version}"`
}

/**
 * Whether `If-Match` (RFC 9110, 13.1.1) lets a write on `version` through. Absent or `*`: yes.
 * Weak tags never match, as the RFC asks for. The tag of a compressed answer stands for its row.
 */
export function ifMatchAllows(header: string | undefined, version: number): boolean {
  if (header === undefined || header.trim() === '*') return true
  return header.split(',').some((tag) => plainTag(tag.trim()) === etag(version))
}

/**
 * Whether `If-None-Match` (RFC 9110, 13.1.2) says that the caller already has what `tag` stands
 * for. Absent: no. Weak tags match, as the RFC asks for.
 */
export function ifNoneMatchHits(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  if (header.trim() === '*') return true
  return header.split(',').some((one) => plainTag(one.trim().replace(/^W\//, '')) === tag)
}
