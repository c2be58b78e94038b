import { commandLine } from '@encargo/program'
import { textosNuestros } from '../../apps/tienda/src/server/propio/textos.ts'
import { en } from '../../apps/tienda/src/textos/en.ts'
import { es } from '../../apps/tienda/src/textos/es.ts'
import { helpOption, runCommand, UsageError } from '../lib/command-line.ts'

const help = `Usage: ${commandLine('textos')} es|en

Every text of the shop window in that language, as JSON, by the name under which the folder of
TIENDA_DIR may have another in textos/es.json or textos/en.json. {1} and {2} are values.`

const languages = { es, en } as const
const isLanguage = (name: string): name is keyof typeof languages => Object.hasOwn(languages, name)

const takes = 'textos takes a language, es or en'
const command = { help, options: helpOption, names: { least: 1, most: 1, takes } } as const

/** Answers the exit code. */
export async function textos(args: readonly string[]): Promise<number> {
  return await runCommand(args, command, async (_values, [language = '']) => {
    if (!isLanguage(language)) throw new UsageError(`${takes}; --help says more.`)
    const named = textosNuestros(languages[language]).map(([ruta, { texto }]) => [ruta, texto])
    console.log(JSON.stringify(Object.fromEntries(named), null, 2))
  })
}
