import type { Codigo } from '../../values/problem-registry.ts'
import { isRecord, type Json } from './json.ts'
import { nameOf, problemComponent, problemSchema, problemText } from './problem-components.ts'

/** RFC 9457. */
export const problemMedia = 'application/problem+json'

/** What the operations of one document share: schemas with a title, refusals by their codes. */
export class Components {
  readonly #schemas = new Map<string, unknown>()
  readonly #responses = new Map<string, Json>()

  /**
   * Puts each schema that has a title among the shared ones, under that title, and a reference in its
   * place.
   * @throws Error for two different schemas with one title, which is a bug
   */
  shared(schema: unknown): unknown {
    if (Array.isArray(schema)) return schema.map((one) => this.shared(one))
    if (!isRecord(schema)) return schema
    const inner = Object.fromEntries(
      Object.entries(schema).map(([keyword, value]) => [
        keyword,
        keyword === 'examples' ? value : this.shared(value),
      ]),
    )
    const { title } = schema
    if (typeof title !== 'string' || typeof schema['type'] !== 'string') return inner
    const known = this.#schemas.get(title)
    if (known !== undefined && !Bun.deepEquals(known, inner)) {
      throw new Error(`two schemas have the title ${title}`)
    }
    this.#schemas.set(title, inner)
    return { $ref: `#/components/schemas/${title}` }
  }

  /** A refusal, described once for all operations that may answer it. */
  refusal(codes: readonly Codigo[], media: string): Json {
    for (const codigo of codes) this.#schemas.set(nameOf(codigo), problemComponent(codigo))
    const name = media === problemMedia ? codes.join('.') : ['oauth', ...codes].join('.')
    this.#responses.set(name, {
      description: problemText(codes),
      content: { [media]: { schema: problemSchema(codes) } },
    })
    return { $ref: `#/components/responses/${name}` }
  }

  get schemas(): Json {
    return Object.fromEntries([...this.#schemas].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }

  get responses(): Json {
    return Object.fromEntries([...this.#responses].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }
}
