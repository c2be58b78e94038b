import { describe, expect, test } from 'bun:test'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { defaultPorts, serviceNames } from '@encargo/service-kit/run/config'
import { trustedProxies } from '@encargo/service-kit/values/trusted-proxies'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import rootPackage from '../package.json'
import { AuthConfig } from '../apps/auth/src/config.ts'
import { InventarioConfig } from '../apps/inventario/src/config.ts'
import { PagosConfig } from '../apps/pagos/src/config.ts'
import { PedidosConfig } from '../apps/pedidos/src/config.ts'
import { ProductosConfig } from '../apps/productos/src/config.ts'
import { TiendaConfig } from '../apps/tienda/src/config.ts'
import { graceMsOf, processNames } from '@encargo/service-kit/run/together'

const root = join(import.meta.dir, '..')
const texts = Type.Array(Type.String())
const Compose = Type.Object({
  services: Type.Record(
    Type.String(),
    Type.Object({
      command: Type.Optional(texts),
      ports: Type.Optional(texts),
      volumes: Type.Optional(texts),
      environment: Type.Optional(Type.Record(Type.String(), Type.String())),
      healthcheck: Type.Object({ test: texts }),
      stop_grace_period: Type.String({ pattern: '^[0-9]+s$' }),
      deploy: Type.Optional(Type.Object({ replicas: Type.Integer() })),
      depends_on: Type.Optional(Type.Unknown()),
    }),
  ),
  volumes: Type.Record(Type.String(), Type.Unknown()),
})
const read = (name: string) => Bun.file(join(root, name)).text()
const parse = async (name: string) => Value.Parse(Compose, Bun.YAML.parse(await read(name)))
const compose = await parse('docker-compose.yml')
const replicas = await parse('docker-compose.replicas.yml')
const proxy = await read('deploy/replicas.nginx.conf')
const dockerfile = await Bun.file(join(root, 'Dockerfile')).text()
const configs = {
  auth: AuthConfig,
  productos: ProductosConfig,
  inventario: InventarioConfig,
  pedidos: PedidosConfig,
  pagos: PagosConfig,
  tienda: TiendaConfig,
}
const ports = { ...defaultPorts, tienda: TiendaConfig.properties.TIENDA_PORT.default }
// Read by every service's Bun or set by the image, not by a service's own schema.
const imageVariables = ['NODE_ENV', 'HOST', 'DATA_DIR']

describe('docker-compose.yml', () => {
  test('names the services, tienda and nothing else', () => {
    expect(Object.keys(compose.services).sort()).toEqual([...processNames].sort())
  })

  for (const name of processNames) {
    const service = compose.services[name]
    if (!service) throw new Error(`${name} is missing in docker-compose.yml`)

    test(`${name} runs its own main file`, () => {
      expect(service.command).toEqual([`apps/${name}/src/main.ts`])
      expect(existsSync(join(root, `apps/${name}/src/main.ts`))).toBe(true)
    })

    test(`${name} publishes its port on the loopback address only, and is checked there`, () => {
      const port = ports[name]
      expect(service.ports).toEqual([`127.0.0.1:${port}:${port}`])
      expect(service.healthcheck.test.join(' ')).toContain(`http://127.0.0.1:${port}/readyz`)
    })

    test(`${name} gets only variables that it reads`, () => {
      const known = [...Object.keys(configs[name].properties), ...imageVariables]
      for (const variable of Object.keys(service.environment ?? {}))
        expect(known).toContain(variable)
    })

    test(`${name} finds its peers by their names in the composition`, () => {
      for (const peer of serviceNames) {
        const key = `${peer.toUpperCase()}_URL`
        if (!(key in configs[name].properties)) continue
        expect(service.environment?.[key]).toBe(`http://${peer}:${defaultPorts[peer]}`)
      }
    })

    const holds = name === 'tienda' ? [] : [`${name}:/data`]
    test(`${name} ${name === 'tienda' ? 'keeps nothing' : 'keeps its data in a volume of its own'}`, () => {
      expect(service.volumes ?? []).toEqual(holds)
      expect(Object.keys(compose.volumes).includes(name)).toBe(holds.length > 0)
    })

    test(`${name} believes ${name === 'tienda' ? 'whom the operator names' : 'tienda as well'} of who asks`, () => {
      const given = service.environment?.['TRUST_PROXY'] ?? ''
      const trusts = trustedProxies(given.replace('${TRUST_PROXY:-off}', '192.0.2.7'))
      expect(trusts('192.0.2.7')).toBe(true)
      expect(trusts('172.18.0.6')).toBe(name !== 'tienda')
      expect(trusts('192.0.2.8')).toBe(false)
    })
  }
})

describe('docker-compose.replicas.yml', () => {
  const { postgres, proxy: door, ...services } = replicas.services
  const database = /^postgres:\/\/encargo:\$\{POSTGRES_PASSWORD:\?[^}]+\}@postgres:5432\/tienda$/

  test('has a database, a proxy, and two of each of the rest', () => {
    expect(Object.keys(services).sort()).toEqual([...processNames].sort())
    expect(Object.values(services).map(({ deploy }) => deploy?.replicas)).toEqual([
      2, 2, 2, 2, 2, 2,
    ])
    expect(Object.keys(replicas.volumes)).toEqual(['postgres'])
  })

  for (const name of processNames) {
    const { environment = {}, ...service } = services[name] ?? expect.unreachable()

    test(`${name} runs its own main file, and is checked where it listens`, () => {
      expect(service.command).toEqual([`apps/${name}/src/main.ts`])
      expect(service.healthcheck.test.join(' ')).toContain(`127.0.0.1:${ports[name]}/readyz`)
    })

    test(`${name} gets only variables that it reads, and the database if it keeps anything`, () => {
      const known = Object.keys(configs[name].properties)
      for (const variable of Object.keys(environment)) expect(known).toContain(variable)
      if (name === 'tienda') return
      expect(environment['DATABASE_URL']).toMatch(database)
      expect(service.depends_on).toEqual({ postgres: { condition: 'service_healthy' } })
    })

    test(`${name} keeps nothing of its own, and nobody outside reaches it`, () => {
      expect([service.volumes, service.ports]).toEqual([undefined, undefined])
    })

    test(`${name} finds its peers through the proxy, which it believes who asks`, () => {
      for (const peer of serviceNames) {
        const key = `${peer.toUpperCase()}_URL`
        if (!(key in configs[name].properties)) continue
        expect(environment[key]).toBe(`http://proxy:${defaultPorts[peer]}`)
      }
      const trusts = trustedProxies((environment['TRUST_PROXY'] ?? '').replace(/\$\{.*\}/, 'off'))
      expect([trusts('172.18.0.6'), trusts('192.0.2.8')]).toEqual([true, false])
    })

    test(`${name} is found by the proxy, which has a door of its port for it`, () => {
      expect(proxy).toContain(`server ${name}:${ports[name]} resolve `)
      expect(proxy).toMatch(
        new RegExp(`listen ${ports[name]};\\s+location / {\\s+proxy_pass http://${name};`),
      )
    })
  }

  test('shares what one of them alone could have made: the secrets', () => {
    const shared = serviceNames.flatMap((name) => Object.keys(services[name]?.environment ?? {}))
    for (const secret of ['PEDIDOS_CLIENT_SECRET', 'PAGOS_CLIENT_SECRET', 'AUTH_KEY_SECRET'])
      expect(shared).toContain(secret)
  })

  test('has the proxy ask with a connection that no service closes at that moment', () => {
    // Bun looks every four seconds at what has been idle for thirty.
    const kept = [...proxy.matchAll(/keepalive_timeout (\d+)s;/g)].map(([, seconds]) =>
      Number(seconds),
    )
    expect(kept).toEqual(processNames.map(() => 20))
  })

  test('publishes the proxy on the loopback address only, with the configuration that is tried', () => {
    expect(door?.ports).toEqual([`127.0.0.1:${ports.tienda}:${ports.tienda}`])
    expect(door?.volumes).toEqual(['./deploy/replicas.nginx.conf:/etc/nginx/nginx.conf:ro'])
    expect(postgres?.ports).toBeUndefined()
  })
})

describe.each([
  ['docker-compose.yml', compose],
  ['docker-compose.replicas.yml', replicas],
])('%s', (file, { services }) => {
  test('demands every secret instead of bringing one', () => {
    for (const { environment = {} } of Object.values(services)) {
      for (const [name, value] of Object.entries(environment)) {
        // A shop need not have an account with a provider.
        const mark = /^(?:STRIPE|MERCADOPAGO|PROVEEDOR)_/.test(name) ? '-' : '?'
        if (/SECRET|PASSWORD(?!_RESET_URL)|KEY|TOKEN/.test(name))
          expect(value).toStartWith(`\${${name}:${mark}`)
      }
    }
  })

  test('passes only documented variables from the environment', async () => {
    const documented = (await read('README.md')) + (await read('docs/scale.md'))
    for (const [, name] of (await read(file)).matchAll(/\$\{([A-Z_]+)/g))
      expect(documented).toContain(`\`${name}\``)
  })

  test('gives a service the time that its last requests may take', () => {
    const grace = processNames.map((name) => parseInt(services[name]?.stop_grace_period ?? ''))
    expect(grace.every((seconds) => seconds * 1_000 > graceMsOf(processNames, {}))).toBe(true)
  })
})

describe('Dockerfile', () => {
  test('uses the Bun that the workspace pins, in every stage', () => {
    const images = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map((match) => match[1])
    const version = rootPackage.packageManager.replace('@', ':')
    expect(images).toEqual([`oven/${version}-alpine`, `oven/${version}-alpine`])
  })

  test('does not run as root', () => {
    const lines = dockerfile.split('\n').filter((line) => line.startsWith('USER '))
    expect(lines).toEqual(['USER bun'])
  })

  test('builds the pages of tienda once, of all their sources, before it gives up its rights', () => {
    const lines = dockerfile.split('\n')
    const built = lines.indexOf('RUN bun apps/tienda/construir.ts')
    expect(built).toBeGreaterThan(lines.indexOf('COPY apps apps'))
    expect(built).toBeGreaterThan(
      lines.findIndex((line) => line.includes('COPY package.json bun.lock')),
    )
    expect(built).toBeGreaterThan(lines.indexOf('COPY packages packages'))
    expect(built).toBeLessThan(lines.indexOf('USER bun'))
  })

  test('copies the manifest of every service and package before it installs', () => {
    const manifests = ['apps', 'packages'].flatMap((folder) =>
      readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
    )
    for (const folder of manifests) {
      if (!existsSync(join(root, folder, 'package.json'))) continue
      expect(dockerfile).toContain(`COPY ${folder}/package.json ${folder}/`)
    }
  })

  test('copies only what exists and what .dockerignore lets through', async () => {
    const ignore = await Bun.file(join(root, '.dockerignore')).text()
    const allowed = [...ignore.matchAll(/^!(\S+)/gm)].map((match) => match[1])
    const copies = [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)]
    const sources = copies.flatMap((match) => (match[1] ?? '').split(' ').slice(0, -1))
    expect(sources.length).toBeGreaterThan(0)
    for (const source of sources) {
      expect(existsSync(join(root, source))).toBe(true)
      expect(allowed).toContain(source.split('/')[0])
    }
  })
})
