import { executableIn, packageOf, platformFor, platformNames } from './platform.ts'

/** The executable's path, or the sentence that says why there is none. */
export type Found = { readonly path: string } | { readonly missing: string }

/**
 * @param resolvePath where a file of an installed package is, or undefined where it is not installed
 */
export function findExecutable(
  os: string,
  cpu: string,
  resolvePath: (file: string) => string | undefined,
): Found {
  const name = platformFor(os, cpu)
  if (name === undefined) {
    const others = platformNames.join(', ')
    return { missing: `There is no Encargo for ${os}-${cpu}; there is one for ${others}.` }
  }
  const path = resolvePath(`${packageOf(name)}/${executableIn(name)}`)
  if (path !== undefined) return { path }
  // npm leaves an optional package out without a word.
  const musl = os === 'linux' ? '; where the C library is musl, as in Alpine, there is none' : ''
  return {
    missing: `The package ${packageOf(name)} is missing: install again, without --omit=optional${musl}.`,
  }
}
