import { firstRefusal } from './answers.ts'
import { type Ask, collect } from './collect.ts'
import { type Options, OptionError, readOptions, SurplusName } from './options.ts'
import { scaffold } from './scaffold.ts'
import { shopFiles } from './template.ts'
import { languageOf, type Texts, textsIn } from './texts.ts'

/** What the command needs from outside. */
export interface World {
  readonly args: readonly string[]
  readonly version: string
  /** Of the system: `es_EC.UTF-8`. */
  readonly locale: string
  /** `npm/11.4.0 node/…`: who called. */
  readonly userAgent: string
  readonly say: (line: string) => void
  readonly complain: (line: string) => void
  /** Undefined where nobody is there to be asked. Rejects when they leave. */
  readonly ask: Ask | undefined
  /** A secret that nobody guesses. */
  readonly secret: () => string
}

const managerOf = (userAgent: string) =>
  /^(?:npm|bun|pnpm|yarn)(?=\/)/.exec(userAgent)?.[0] ?? 'npm'

/** As it is typed after `cd`. */
const typeable = (folder: string) => (/^[\w./-]+$/.test(folder) ? folder : `"${folder}"`)

/** Makes the shop, or says in one sentence why not. Answers the exit code. */
async function make(options: Options, texts: Texts, world: World): Promise<number> {
  const refuse = (sentence: string) => {
    world.complain(sentence)
    return 1
  }
  const ask = options.yes ? undefined : world.ask
  const answers = await collect(options.given, texts, world.say, ask)
  const { folder, correo } = answers
  if (folder === '') return refuse(texts.noFolder())
  const refusal = firstRefusal(answers)
  if (refusal) return refuse(texts.refusals[refusal.why](refusal.got))
  const language = options.language ?? languageOf(world.locale)
  const { version } = world
  const outcome = scaffold(
    folder,
    shopFiles({ ...answers, language, version, password: world.secret() }),
  )
  switch (outcome.tipo) {
    case 'notEmpty':
      return refuse(texts.notEmpty(folder))
    case 'notWritable':
      return refuse(texts.notWritable(folder, outcome.why))
    case 'made':
      world.say(
        texts.made({ folder: typeable(folder), correo, manager: managerOf(world.userAgent) }),
      )
      return 0
  }
}

export async function createShop(world: World): Promise<number> {
  let texts = textsIn(languageOf(world.locale))
  try {
    const options = readOptions(world.args)
    texts = textsIn(options.language ?? languageOf(world.locale))
    if (options.asks !== undefined) {
      world.say(options.asks === 'help' ? texts.help : world.version)
      return 0
    }
    return await make(options, texts, world)
  } catch (error) {
    if (error instanceof SurplusName) world.complain(texts.surplus(error.typed))
    else if (error instanceof OptionError) world.complain(texts.badOption(error.message))
    else if (error instanceof Error && error.name === 'AbortError')
      world.complain(texts.cancelled())
    else throw error
    return 1
  }
}
