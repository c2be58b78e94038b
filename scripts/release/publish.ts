import { join } from 'node:path'
import type { Environment } from '@encargo/service-kit/run/config'
import { Sentence } from '../lib/command-line.ts'
import { version } from './manifest.ts'
import type { Tarball } from './packages.ts'
import { distTagOf } from './ready.ts'
import { run } from './run.ts'

export interface PublishOptions {
  readonly release: string
  readonly env: Environment
  readonly report: (line: string) => void
  /** Whether the registry is to be told where it was built; only a build can. */
  readonly provenance: boolean
}

const npm = (args: readonly string[], env: Environment) => run(['npm', ...args], env)

/** Whether the registry has this version. It answers an error for what it never heard of. */
async function isThere(name: string, env: Environment): Promise<boolean> {
  const { ok, output } = await npm(['view', `${name}@${version}`, 'version'], env)
  return ok && output.trim() === version
}

/**
 * Publishes in order what the registry has not yet: a release that broke off goes on where it did. What is
 * published cannot be changed, so a version is never published twice.
 * @throws Sentence
 */
export async function publishAll(
  tarballs: readonly Tarball[],
  options: PublishOptions,
): Promise<void> {
  const { release, env, report, provenance } = options
  for (const { name, file } of tarballs) {
    if (await isThere(name, env)) {
      report(`${name} ${version} is there already`)
      continue
    }
    const how = [
      '--tag',
      distTagOf(version),
      '--access',
      'public',
      ...(provenance ? [] : ['--provenance=false']),
    ]
    const { ok, errors } = await npm(['publish', join(release, file), ...how], env)
    if (!ok) throw new Sentence(`${name} could not be published:\n${errors.trim()}`)
    report(`${name} ${version} published`)
  }
}
