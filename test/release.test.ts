import { describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import rootPackage from '../package.json'
import { packageOf, platformNames } from '../packages/launcher/src/platform.ts'
import { targetNames } from '../scripts/build/targets.ts'
import { commonFields, version } from '../scripts/release/manifest.ts'
import { distTagOf, objections } from '../scripts/release/ready.ts'

const root = join(import.meta.dir, '..')
const text = await Bun.file(join(root, '.github/workflows/release.yml')).text()
const page = await Bun.file(join(root, 'docs/release.md')).text()
const command = await Bun.file(join(root, 'scripts/release/command.ts')).text()

const Step = Type.Object({
  uses: Type.Optional(Type.String()),
  run: Type.Optional(Type.String()),
})
const Workflow = Type.Object({
  on: Type.Object({ push: Type.Object({ tags: Type.Array(Type.String()) }) }),
  permissions: Type.Object({}, { additionalProperties: false }),
  env: Type.Object({ BUN: Type.String() }),
  jobs: Type.Record(
    Type.String(),
    Type.Object({
      needs: Type.Optional(Type.Array(Type.String())),
      environment: Type.Optional(Type.String()),
      permissions: Type.Record(Type.String(), Type.String()),
      steps: Type.Array(Step),
    }),
  ),
})
const { on, env, jobs } = Value.Parse(Workflow, Bun.YAML.parse(text))
const steps = Object.values(jobs).flatMap((job) => job.steps)
const runs = steps.flatMap(({ run }) => run ?? [])

/** Commands of ours, as they are typed: `bun run release pack`. */
const typedIn = (one: string) => [...one.matchAll(/\bbun run ([a-z:-]+)(?: ([a-z]+)\b)?/g)]

/** All jobs that have to have gone well before one begins. */
function before(name: string): string[] {
  const needs = jobs[name]?.needs ?? []
  return [...new Set([...needs, ...needs.flatMap(before)])].sort()
}

describe('the workflow that gives a version out', () => {
  test('begins with a tag and nothing else', () => {
    expect(on).toEqual({ push: { tags: ['v*'] } })
  })

  test('publishes nothing that was not tested, packed and tried', () => {
    expect(before('publish')).toEqual(['pack', 'test', 'try'])
    expect(before('announce')).toContain('publish')
    expect(jobs['publish']?.environment).toBe('npm')
  })

  test('gives each job what it needs and no more', () => {
    const beyond = Object.entries(jobs).flatMap(([name, { permissions }]) =>
      Object.entries(permissions)
        .filter(([what, how]) => `${what}: ${how}` !== 'contents: read')
        .map(([what, how]) => `${name} ${what}: ${how}`),
    )
    expect(beyond).toEqual(['publish id-token: write', 'announce contents: write'])
    expect(text).not.toMatch(/secrets\.|NODE_AUTH_TOKEN/)
  })

  test('uses only actions of the platform itself, at a fixed major version or commit', () => {
    for (const { uses } of steps) {
      if (uses !== undefined) expect(uses).toMatch(/^actions\/[a-z-]+@(?:v\d+|[0-9a-f]{40})$/)
    }
  })

  test('runs nothing that a tag’s name could be read as', () => {
    for (const run of runs) {
      const inserted = [...run.matchAll(/\$\{\{([^}]*)\}\}/g)].map(([, what]) => what?.trim())
      expect(inserted.filter((what) => what !== 'env.BUN')).toEqual([])
    }
  })

  test('runs commands that there are, with the Bun that the workspace is for', () => {
    expect(`bun@${env.BUN}`).toBe(rootPackage.packageManager)
    const typed = runs.flatMap(typedIn)
    expect(typed.length).toBeGreaterThan(4)
    for (const [, name = '', step = ''] of [...typed, ...typedIn(page)]) {
      expect(Object.keys(rootPackage.scripts)).toContain(name)
      if (name === 'release') expect(command).toContain(`case '${step}':`)
    }
    expect(platformNames).toEqual(targetNames)
    const [build = ''] = runs.filter((run) => run.includes('bun run build'))
    expect(build.split(' ').slice(3)).toEqual([...platformNames])
  })

  test('is what docs/release.md tells, job by job and package by package', () => {
    const told = [...page.matchAll(/^\| `([a-z]+)` +\|/gm)].map(([, name]) => name)
    expect(told.filter((name) => name !== 'encargo')).toEqual(Object.keys(jobs))
    for (const name of platformNames) {
      expect(page).toContain(name === 'linux-x64' ? packageOf(name) : `\`-${name}\``)
    }
  })
})

describe('a version', () => {
  test('is one number, in one place', async () => {
    expect(version).toBe(rootPackage.version)
    for (const path of new Bun.Glob('{apps,packages}/*/package.json').scanSync(root)) {
      expect([path, (await Bun.file(join(root, path)).json()).version]).toEqual([path, undefined])
    }
  })

  test('is given out under a tag and a section of its own', () => {
    const changelog = '# Changelog\n\n## 1.2.3 - 2027-01-31\n'
    expect(objections('v1.2.3', '1.2.3', changelog)).toEqual([])
    expect(objections('v1.2.4', '1.2.3', changelog)).toEqual([
      'The tag is v1.2.4, and package.json says 1.2.3: the tag must be v1.2.3.',
    ])
    expect(objections('v1.2.4', '1.2.4', changelog)).toEqual([
      'CHANGELOG.md has no section "## 1.2.4 - <date>".',
    ])
    expect(objections('v1.2', '1.2', '\n## 1.2 - x')).toHaveLength(1)
  })

  test('that is a trial is not what everybody gets', () => {
    expect([distTagOf('1.2.3'), distTagOf('1.2.3-beta.1')]).toEqual(['latest', 'next'])
  })

  test('says where it was built, if it was', () => {
    const built = { GITHUB_SERVER_URL: 'https://git.example', GITHUB_REPOSITORY: 'casa/encargo' }
    expect(commonFields('packages/client', built)).toMatchObject({
      repository: {
        type: 'git',
        url: 'git+https://git.example/casa/encargo.git',
        directory: 'packages/client',
      },
      publishConfig: { access: 'public', provenance: true },
    })
    expect(commonFields('packages/client', {})).not.toHaveProperty('repository')
  })
})
