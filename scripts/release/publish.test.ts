import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { version } from './manifest.ts'
import { checksums, packAll, type Tarball } from './packages.ts'
import { publishAll } from './publish.ts'
import { openRegistry, type Registry } from './registry.ts'

const work = mkdtempSync(join(tmpdir(), 'encargo-publish-'))
const release = join(work, 'release')
const npm = Bun.which('npm')
if (npm === null) console.log('left out: publishing, as npm is not here')

let tarballs: Tarball[]
let registry: Registry
let env: Record<string, string>
beforeAll(async () => {
  tarballs = await packAll({ release, executables: [] })
  registry = openRegistry()
  const npmrc = join(work, '.npmrc')
  const token = `${registry.url.replace('http:', '')}/:_authToken=anybody`
  writeFileSync(npmrc, `registry=${registry.url}/\n${token}\n`)
  env = {
    PATH: process.env['PATH'] ?? '',
    HOME: work,
    npm_config_userconfig: npmrc,
    npm_config_cache: join(work, '.npm'),
  }
}, 60_000)
afterAll(async () => {
  await registry.stop()
  rmSync(work, { recursive: true, force: true })
})

const names = ['encargo', '@encargo/client', 'create-encargo']

describe('a release', () => {
  test('is packed in the order in which nothing names what is not there yet', async () => {
    expect(tarballs.map(({ name }) => name)).toEqual(names)
    const files = readdirSync(release)
    expect(files.toSorted()).toEqual(tarballs.map(({ file }) => file).toSorted())
    const sums = (await checksums(release, files)).trim().split('\n')
    expect(sums).toHaveLength(3)
    for (const line of sums) expect(line).toMatch(/^[0-9a-f]{64} {2}\S+\.tgz$/)
  })

  for (const _ of npm === null ? [] : [npm]) {
    test('that broke off goes on where it did, and publishes nothing twice', async () => {
      const told: string[] = []
      const options = { release, env, report: (line: string) => void told.push(line) }
      const publish = (some: readonly Tarball[]) =>
        publishAll(some, { ...options, provenance: false })
      await publish(tarballs.slice(0, 1))
      await publish(tarballs)
      expect(told).toEqual([
        `encargo ${version} published`,
        `encargo ${version} is there already`,
        `@encargo/client ${version} published`,
        `create-encargo ${version} published`,
      ])
      for (const name of names) {
        const packument = await fetch(`${registry.url}/${encodeURIComponent(name)}`)
        expect(await packument.json()).toMatchObject({ 'dist-tags': { latest: version } })
      }
    }, 60_000)

    test('that a registry does not take says so, and goes no further', async () => {
      const refusing = Bun.serve({
        port: 0,
        hostname: '127.0.0.1',
        fetch: ({ method }) =>
          Response.json({ error: 'not today' }, { status: method === 'PUT' ? 403 : 404 }),
      })
      const npmrc = join(work, '.refusing')
      const url = refusing.url.origin
      writeFileSync(npmrc, `registry=${url}/\n${url.replace('http:', '')}/:_authToken=anybody\n`)
      const told: string[] = []
      const report = (line: string) => void told.push(line)
      const refused = { ...env, npm_config_userconfig: npmrc }
      const publishing = publishAll(tarballs, { release, env: refused, report, provenance: false })
      await expect(publishing).rejects.toThrow(/^encargo could not be published:\n[^]*403/)
      expect(told).toEqual([])
      await refusing.stop(true)
    }, 60_000)
  }
})
