// What stands around the written-out types in the package's contract.d.ts.

const head = `// Made by \`bun run build\` from the services' own types. Not to be edited.

/** A refusal: RFC 9457 with our \`codigo\`. */
type Refusal<C extends keyof ProblemByCode> = ProblemByCode[C]
type Refused<C> = C extends keyof ProblemByCode
  ? { status: ProblemByCode[C]['status']; value: ProblemByCode[C] }
  : never
type Others<Rest> = { [S in keyof Rest]: { status: S; value: Rest[S] } }[keyof Rest]
type Answered = { response: Response; status: number; headers: ResponseInit['headers'] }
/** What a call resolves with: its data, or a refusal with one of the codes, or another body. */
type Reply<Data, Codes, Rest> =
  | ({ data: Data; error: null } & Answered)
  | ({ data: null; error: Refused<Codes> | Others<Rest> } & Answered)

export type ServiceProblem = ProblemByCode[keyof ProblemByCode]
`

const names = {
  authClient: 'AuthClient',
  productosClient: 'ProductosClient',
  inventarioClient: 'InventarioClient',
  pedidosClient: 'PedidosClient',
  pagosClient: 'PagosClient',
  retryableByCode: 'RetryableByCode',
  problemByCode: 'ProblemByCode',
} as const

/** What would tie the package to the workspace, or shows that a type was not written out. */
const leaks = /\bimport\(|@encargo|@elysiajs|node_modules|\b(?:Out|Data|Members|Items|Result)</
/** A member of which nothing is left. What stands beside a body may be empty, as may a body itself. */
const losses = /^ *(?!(?:body|headers|query)\?)\S+: (?:\{\}|any)(?:;| \|)/m

/**
 * The package's contract.d.ts, from what the compiler made of contract.source.ts.
 * @throws Error when a type is missing, or not written out
 */
export function contractDeclarations(emitted: string): string {
  const types = Object.entries(names).map(([name, type]) => {
    const found = new RegExp(
      `^export declare const ${name}: ([\\s\\S]*?);\\n(?=export |(?![\\s\\S]))`,
      'm',
    )
    const written = found.exec(emitted)?.[1]
    if (written === undefined) throw new Error(`the compiler wrote down no ${name}`)
    const leak = leaks.exec(written)
    if (leak) throw new Error(`${name} is not written out: ${leak[0]}`)
    const loss = losses.exec(written)
    if (loss) throw new Error(`${name} has lost a type: ${loss[0].trim()}`)
    return `export type ${type} = ${written}\n`
  })
  return [head, ...types].join('\n')
}
