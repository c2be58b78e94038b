import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseEnv } from 'node:util'
import { createShop, type World } from '../src/command.ts'

const work = mkdtempSync(join(tmpdir(), 'encargo-create-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

let folder: string
let told: string[]
let complaints: string[]
beforeEach(() => {
  folder = join(mkdtempSync(join(work, 'here-')), 'mi-tienda')
  told = []
  complaints = []
})

const create = (args: readonly string[], more: Partial<World> = {}) =>
  createShop({
    args,
    version: '1.2.3',
    locale: 'es_EC.UTF-8',
    userAgent: 'npm/11.4.0 node/v24.0.0',
    say: (line) => void told.push(line),
    complain: (line) => void complaints.push(line),
    ask: undefined,
    secret: () => 'un-secreto-de-la-prueba',
    ...more,
  })

/** Somebody who presses Ctrl-C when asked. */
const leaving = () => Promise.reject(new DOMException('left', 'AbortError'))

const read = (path: string) => readFileSync(join(folder, path), 'utf8')
const everything = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()

const files = [
  '.env',
  '.env.dev',
  '.gitignore',
  'README.md',
  'package.json',
  'tienda/paginas/envios.en.md',
  'tienda/paginas/envios.md',
  'tienda/publico/robots.txt',
  'tienda/textos/en.json',
  'tienda/textos/es.json',
]

describe('npm create encargo', () => {
  test('makes a folder with all that a shop needs, and says what comes next', async () => {
    const options = [
      '--nombre',
      'Bazar del Barranco',
      '--moneda',
      'cop',
      '--correo',
      'ana@bazar.example',
    ]
    expect(await create([folder, ...options])).toBe(0)
    expect(everything()).toEqual(files)
    const manifest = JSON.parse(read('package.json'))
    expect(manifest).toMatchObject({
      name: 'mi-tienda',
      private: true,
      dependencies: { encargo: '1.2.3' },
    })
    expect(Object.keys(manifest.scripts)).toEqual(['start', 'dev', 'audit', 'backup', 'encargo'])
    expect(parseEnv(read('.env'))).toMatchObject({
      ADMIN_EMAIL: 'ana@bazar.example',
      ADMIN_PASSWORD: 'un-secreto-de-la-prueba',
      MONEDA: 'COP',
    })
    expect(read('README.md')).toStartWith('# Bazar del Barranco\n')
    expect(told.join('\n')).toContain(`cd ${folder}\n  npm install\n`)
    // Whoever looks over a shoulder reads no secret.
    expect(told.join('\n')).not.toContain('un-secreto')
    expect(complaints).toEqual([])
  })

  test('lets nobody else read the secret', async () => {
    expect(await create([folder])).toBe(0)
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600)
    expect(read('.gitignore').split('\n')).toContain('.env')
  })

  test('leaves nothing to be filled in, in either language', async () => {
    for (const [locale, word] of [
      ['es_EC.UTF-8', 'La moneda'],
      ['en_US.UTF-8', 'The currency'],
      ['C', 'The currency'],
    ] as const) {
      rmSync(folder, { recursive: true, force: true })
      expect(await create([folder], { locale })).toBe(0)
      expect(everything()).toEqual(files)
      expect(read('.env')).toContain(word)
      for (const file of files)
        expect([file, /\{\{|undefined/.exec(read(file))]).toEqual([file, null])
    }
    rmSync(folder, { recursive: true, force: true })
    expect(await create([folder, '--idioma', 'es'], { locale: 'C' })).toBe(0)
    expect(read('.env')).toContain('La moneda')
  })

  test('names commands that find the data of this shop alone', async () => {
    for (const language of ['es', 'en']) {
      rmSync(folder, { recursive: true, force: true })
      expect(await create([folder, '--idioma', language])).toBe(0)
      const { scripts } = JSON.parse(read('package.json'))
      const named = [...read('README.md').matchAll(/(npm run|npx encargo) (\w+)/g)]
      expect(named.length).toBeGreaterThan(4)
      // By npx it reads no settings; the texts are the same with any.
      for (const [, by, name = ''] of named)
        expect(by === 'npm run' ? Object.keys(scripts) : ['textos']).toContain(name)
    }
  })

  test('names the tool that called it', async () => {
    expect(await create([folder], { userAgent: 'bun/1.4.5 npm/? node/v24' })).toBe(0)
    expect(told.join('\n')).toContain('bun install')
  })

  test('asks whoever is there for what was not said, again until it can be used', async () => {
    const typed = ['', 'mi tienda ñ', '', 'dólar', 'usd', 'Luna', 'America/Guayaquil', '']
    const asked: string[] = []
    const ask = async (question: string, byDefault: string) => {
      asked.push(`${question}: ${byDefault}`)
      const answer = typed.shift() ?? ''
      return asked.length === 2 ? join(folder, '..', answer) : answer
    }
    expect(await create([], { ask })).toBe(0)
    expect(asked.map((one) => one.split(':')[0])).toEqual([
      'Carpeta',
      'Carpeta',
      'Nombre de la tienda',
      'Moneda',
      'Moneda',
      'Zona horaria',
      'Zona horaria',
      'Correo de quien administra',
    ])
    expect(asked[2]).toBe('Nombre de la tienda: Mi tienda n')
    expect(asked.at(-1)).toBe('Correo de quien administra: admin@mi-tienda-n.example')
    folder = join(folder, '..', 'mi tienda ñ')
    expect(JSON.parse(read('package.json')).name).toBe('mi-tienda-n')
  })

  test('asks nothing with --yes', async () => {
    expect(await create([folder, '--yes'], { ask: leaving })).toBe(0)
  })

  test('makes nothing for whoever leaves in the middle', async () => {
    expect(await create([folder], { ask: leaving })).toBe(1)
    expect(complaints).toEqual(['Cancelado; no se creó nada.'])
    expect(existsSync(folder)).toBe(false)
  })
})

describe('refuses in one sentence, with nothing made', () => {
  const refused: [string, string[], RegExp][] = [
    ['no folder', [], /^Falta la carpeta: /],
    ['a folder that no system has', ['a:b?'], /^«a:b\?» no puede ser el nombre de la carpeta/],
    ['a folder without a letter', ['···'], /no puede ser el nombre de la carpeta/],
    [
      'a name that breaks the file of variables',
      ['x', '--nombre', 'a"b'],
      /no puede ser el nombre de la tienda/,
    ],
    [
      'a name of two lines',
      ['x', '--nombre', 'a\nADMIN_PASSWORD=a'],
      /no puede ser el nombre de la tienda/,
    ],
    [
      'a currency that there is not',
      ['x', '--moneda', 'EURO'],
      /^«EURO» no es el código de una moneda/,
    ],
    ['a zone that there is not', ['x', '--zona', 'Luna'], /^«Luna» no es una zona horaria/],
    ['no e-mail', ['x', '--correo', 'ana'], /^«ana» no es un correo/],
    ['an option that there is not', ['x', '--color', 'a'], /--color.*; --help dice/],
    [
      'a language that there is not',
      ['x', '--idioma', 'fr'],
      /--idioma is es or en, not "fr"; --help dice/,
    ],
    [
      'two folders',
      ['x', 'y'],
      /^«y» sobra: .* detrás de «--», como en npm create encargo mi-tienda -- /,
    ],
  ]
  for (const [what, args, sentence] of refused) {
    test(what, async () => {
      const before = readdirSync(process.cwd())
      expect(await create(args)).toBe(1)
      expect(complaints).toEqual([expect.stringMatching(sentence)])
      expect(complaints[0]).not.toContain('\n  at ')
      expect(readdirSync(process.cwd())).toEqual(before)
    })
  }

  test('a folder that is not empty, whatever is in it', async () => {
    mkdirSync(folder)
    writeFileSync(join(folder, 'mio.txt'), 'mío')
    expect(await create([folder])).toBe(1)
    expect(complaints).toEqual([`La carpeta ${folder} no está vacía: elige otra, o vacíala antes.`])
    expect(everything()).toEqual(['mio.txt'])
    // What was begun as a repository is empty.
    rmSync(join(folder, 'mio.txt'))
    mkdirSync(join(folder, '.git'))
    expect(await create([folder])).toBe(0)
  })

  test('a folder that is no folder, or can’t be written', async () => {
    writeFileSync(folder, 'a file')
    expect(await create([folder])).toBe(1)
    expect(await create([join(folder, 'inside')])).toBe(1)
    expect(complaints.map((one) => one.replaceAll(folder, basename(folder)))).toEqual([
      'No se pudo crear la tienda en mi-tienda (ENOTDIR); no quedó nada a medias.',
      'No se pudo crear la tienda en mi-tienda/inside (ENOTDIR); no quedó nada a medias.',
    ])
    expect(readFileSync(folder, 'utf8')).toBe('a file')
  })

  test('one of two that make the same folder at once, and never mixes them', async () => {
    const first = create([folder], { secret: () => 'primera' })
    const second = create([folder], { secret: () => 'segunda' })
    expect((await Promise.all([first, second])).sort()).toEqual([0, 1])
    expect(everything()).toEqual(files)
  })
})

/** Also those that are only shown. */
const variablesIn = (text: string) =>
  [...text.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name = '']) => name)

describe('the settings of a new shop', () => {
  test('are variables that there are, each explained, the same in both languages', async () => {
    const readme = await Bun.file(join(import.meta.dir, '../../../README.md')).text()
    const known = [...readme.matchAll(/`([A-Z]+(?:_[A-Z]+)+|HOST|MONEDA|PAGOS)`/g)].map(
      ([, one]) => one,
    )
    const shown: string[][] = []
    for (const locale of ['es_EC.UTF-8', 'en_US.UTF-8']) {
      rmSync(folder, { recursive: true, force: true })
      expect(await create([folder], { locale })).toBe(0)
      for (const file of ['.env', '.env.dev']) {
        const variables = variablesIn(read(file))
        expect(variables.filter((name) => !known.includes(name))).toEqual([])
        shown.push([file, ...variables])
        // A line of words goes before each group.
        expect(read(file)).toStartWith('# ')
        expect(read(file)).not.toMatch(/\n\n(?!#)/)
      }
    }
    expect(shown.slice(0, 2)).toEqual(shown.slice(2))
  })

  test('say what was answered, whatever it was', async () => {
    const nombre = "Ñandú & Cía. 'la 1ª' = $HOME #1 `x`"
    const zona = 'America/Argentina/Buenos_Aires'
    expect(await create([folder, '--nombre', nombre, '--zona', zona])).toBe(0)
    expect(parseEnv(read('.env'))).toMatchObject({
      TIENDA_NOMBRE: nombre,
      TIENDA_ZONA: zona,
      TIENDA_IDIOMA: 'es',
    })
  })
})
