import type { Environment } from '@encargo/service-kit/run/config'
import manifest from '../../package.json'

/** The one version of all that is given out together. */
export const { version } = manifest

/**
 * Where the sources of what is published are. A registry compares it with who signed the build, so a
 * build says it, not a file: a fork publishes as itself, and off a build nothing is claimed.
 */
function repository(folder: string, env: Environment) {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = env
  if (!server || !name) return {}
  const page = `${server}/${name}`
  return {
    homepage: `${page}#readme`,
    bugs: `${page}/issues`,
    repository: { type: 'git', url: `git+${page}.git`, directory: folder },
  }
}

/** What every published package says of itself; `folder` is where its sources are. */
export const commonFields = (folder: string, env: Environment = process.env) => ({
  version,
  license: manifest.license,
  ...repository(folder, env),
  publishConfig: { access: 'public', provenance: true },
})
