import { type Finding, inService, inSrc, lineAt, type Source } from './tree.ts'

interface Ban {
  readonly what: string
  readonly pattern: RegExp
  readonly applies: (path: string) => boolean
  /** A reason in the line above that lets a place through. */
  readonly unless?: RegExp
  readonly instead: string
}

const everywhere = () => true
const anyOf = (...patterns: RegExp[]) =>
  new RegExp(patterns.map(({ source: pattern }) => pattern).join('|'), 'gm')
const inDomain = (path: string) => inSrc(path) && path.includes('/src/domain/')
const inTests = (path: string) => /(?:^|\/)test\//.test(path) || path.endsWith('.test.ts')
const acts = (path: string) =>
  path.endsWith('/src/main.ts') || /-(?:worker|child)\.ts$/.test(path) || !inSrc(path)
const prints = (path: string) => acts(path) || /\/src\/run\/(?:run|signals)\.ts$/.test(path)

/** What runs in a browser. */
const inPages = (path: string) =>
  path.startsWith('packages/client/src/') || /^apps\/tienda\/src\/(?!server\/|main\.ts)/.test(path)

/** Each ban names what to write instead. */
export const bans: readonly Ban[] = [
  {
    what: 'has a clock, a timer, chance or ids of its own',
    pattern: anyOf(
      /\b(?:Date|performance)\.now\b|\bnew Date\(\s*\)|\bmachineClock\b/,
      /\b(?:setTimeout|setInterval|Bun\.sleep)\b|\bprocessTimer\b/,
      /\bMath\.random\b|\brandomUUID/,
    ),
    applies: (path) => inService(path) && !acts(path),
    instead: 'take it of the `Outside` that open.ts is given; in domain/, the value as an argument',
  },
  {
    what: 'reads the machine in domain/',
    // Hashing and comparing are plain functions of their arguments.
    pattern: /\bgetRandomValues\b|\bprocess\.|\bBun\.(?!CryptoHasher\b|deepEquals\b|hash\b)/g,
    applies: inDomain,
    instead: 'take the value as an argument',
  },
  {
    what: 'acts in domain/',
    pattern: /\b(?:fetch|queueMicrotask)\(/g,
    applies: inDomain,
    instead: 'return what is to be done and let the caller do it',
  },
  {
    what: 'sleeps in a test',
    pattern: /\b(?:Bun\.sleep|Bun\.sleepSync|sleep|setTimeout)\((?![0)])/g,
    applies: inTests,
    unless: /^\s*\/\/ .*\breal time\b/,
    instead: 'inject the clock, wait for the event itself, or say above why it takes real time',
  },
  {
    what: 'leaves a test out',
    pattern: /\b(?:test|it|describe)\.(?:skip|only|todo|skipIf|todoIf|if|failing)\b/g,
    applies: inTests,
    instead: 'mend the test or delete it',
  },
  {
    what: 'writes `any`',
    pattern: /\bas any\b|[:<,|&]\s*any\b(?=\s*[;,)>=\]|&{}\n]|\[\])/g,
    applies: everywhere,
    instead: '`unknown` and a check, or the real type',
  },
  {
    what: 'casts twice',
    pattern: /\bas unknown as\b/g,
    applies: inSrc,
    instead: 'a schema, a type guard or a better type',
  },
  {
    what: 'asks Intl how many decimals a currency has',
    pattern:
      /FractionDigits\b[^\n]*resolvedOptions\(|resolvedOptions\(\)\s*\.\s*\w+FractionDigits\b/g,
    applies: everywhere,
    instead: '`decimalesDe` of @encargo/service-kit/values/monedas: engines do not agree',
  },
  {
    what: 'needs a page that came with TLS',
    pattern: anyOf(
      /\bcrypto\.(?:randomUUID|subtle)\b|\bcaches\.\w/,
      /\bnavigator\.(?:clipboard|credentials|geolocation|locks|mediaDevices)\b/,
      /\bnavigator\.(?:serviceWorker|share|storage|wakeLock)\b/,
    ),
    applies: inPages,
    instead: '`newKey` of @encargo/client, or do without where it is missing: a LAN has plain http',
  },
  {
    what: 'prints',
    pattern: /\bconsole\.\w+|\bprocess\.std(?:out|err)\b/g,
    applies: (path) => inSrc(path) && !prints(path) && !path.endsWith('/src/run/logger.ts'),
    instead: 'use the logger that is handed in',
  },
  {
    what: 'ends the process',
    pattern: /\bprocess\.exit\(/g,
    applies: (path) => !prints(path),
    instead: 'throw a StartError or ConfigError; runService says it and exits',
  },
  {
    what: 'reads the environment',
    pattern: /\bprocess\.env\b|\bBun\.env\b/g,
    applies: (path) => inSrc(path) && !prints(path),
    instead: 'add it to the schema in config.ts',
  },
  {
    what: 'stops for a debugger',
    pattern: /\bdebugger\b/g,
    applies: everywhere,
    instead: 'delete it',
  },
  {
    what: 'acts on import',
    pattern: anyOf(
      /^(?:await |void |new )/,
      /^(?!(?:if|for|while|switch|function)\b)[\w$.]+\(/,
      /^(?:export )?(?:const|let) [^=\n]+=\s*(?:await )?(?:openStorage|serve|createApp|start|fetch)\(/,
      /^(?:export )?(?:const|let) [^=\n]+=\s*(?:setInterval|setTimeout|Bun\.serve|Bun\.spawn)\(/,
      /^\S[^\n]*\.listen\(/,
    ),
    applies: (path) => inSrc(path) && !acts(path),
    instead: 'put it into a function that main.ts calls',
  },
]

/** Comments are code for these, so they look at the text. */
const textBans: readonly Ban[] = [
  {
    what: 'silences the type checker',
    pattern: /\/\/\s*@ts-(?:ignore|nocheck)\b|\/\/\s*@ts-expect-error\s*$/gm,
    applies: everywhere,
    instead: '`// @ts-expect-error -- why`, in a type test',
  },
  {
    what: 'silences the linter without a reason',
    pattern: /(?:es|ox)lint-disable(?:-next-line|-line)?(?:(?! -- )[^\n])*$/gm,
    applies: everywhere,
    instead: '`-- why` behind the name of the rule',
  },
  {
    what: 'postpones',
    pattern: /(?:\/\/|\*)\s*(?:TODO|FIXME|XXX|HACK)\b/g,
    applies: everywhere,
    instead: 'do it, or open an issue',
  },
  {
    what: 'keeps code in a comment',
    pattern: anyOf(
      /^\s*\/\/ ?(?:const|let) \w+ = /,
      /^\s*\/\/ ?(?:import .* from |export |await \w+\(|return\b.*[;(])/,
      /^\s*\/\/ ?(?:if \(.*\) \{|\}$)/,
    ),
    applies: everywhere,
    instead: 'delete it; git remembers',
  },
]

export function banFindings(file: Source): Finding[] {
  const lines = file.text.split('\n')
  const found = (ban: Ban, text: string) =>
    [...text.matchAll(ban.pattern)]
      .map((match) => {
        const blanks = match[0].length - match[0].trimStart().length
        return lineAt(text, match.index + blanks)
      })
      .filter((line) => ban.unless?.test(lines[line - 2] ?? '') !== true)
      .map((line) => ({ path: file.path, line, what: ban.what, instead: ban.instead }))
  const applying = (ban: Ban) => ban.applies(file.path)
  return [
    ...bans.filter(applying).flatMap((ban) => found(ban, file.code)),
    ...textBans.filter(applying).flatMap((ban) => found(ban, file.text)),
  ]
}

export const banNames = [...bans, ...textBans].map(({ what }) => what)
