/** What stands against giving out `version` as `tag`: a sentence each. */
export function objections(tag: string, version: string, changelog: string): string[] {
  const found: string[] = []
  if (tag !== `v${version}`) {
    found.push(`The tag is ${tag}, and package.json says ${version}: the tag must be v${version}.`)
  }
  if (!/^\d+\.\d+\.\d+(?:-[a-z]+\.\d+)?$/.test(version)) {
    found.push(`${version} is no version: it must be like 1.2.3 or 1.2.3-beta.1.`)
  }
  if (!changelog.includes(`\n## ${version} - `)) {
    found.push(`CHANGELOG.md has no section "## ${version} - <date>".`)
  }
  return found
}

/** What `npm install` brings unless somebody asks for another: never a trial. */
export const distTagOf = (version: string) => (version.includes('-') ? 'next' : 'latest')
