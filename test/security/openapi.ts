import { type ServiceName, serviceNames } from '@encargo/service-kit/run/config'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { Services } from './fixture.ts'

const Operation = Type.Object({
  'x-acceso': Type.Optional(Type.String()),
  parameters: Type.Optional(
    Type.Array(Type.Object({ name: Type.String(), in: Type.String(), schema: Type.Unknown() })),
  ),
  requestBody: Type.Optional(
    Type.Object({ content: Type.Record(Type.String(), Type.Object({ schema: Type.Unknown() })) }),
  ),
})
const Document = Type.Object({
  components: Type.Object({ schemas: Type.Record(Type.String(), Type.Unknown()) }),
  paths: Type.Record(Type.String(), Type.Record(Type.String(), Operation)),
})

/** A schema with what it refers to written out. */
function writtenOut(schema: unknown, schemas: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(schema)) return schema.map((one) => writtenOut(one, schemas))
  if (typeof schema !== 'object' || schema === null) return schema
  if ('$ref' in schema)
    return writtenOut(schemas[String(schema.$ref).split('/').at(-1) ?? ''], schemas)
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, writtenOut(value, schemas)]),
  )
}

export interface Parametro {
  readonly name: string
  readonly schema: unknown
}

export interface Operacion {
  readonly service: ServiceName
  readonly method: string
  /** With `{name}` where a parameter stands. */
  readonly path: string
  readonly acceso: string | undefined
  readonly query: readonly Parametro[]
  /** The body's schema, as the document has it. */
  readonly body: unknown
}

/** Every operation of every service, as its own OpenAPI document lists them. */
export async function operationsOf({ send }: Services): Promise<Operacion[]> {
  const all = await Promise.all(
    serviceNames.map(async (service) => {
      const answer = await send(service, '/openapi/json')
      const { paths, components } = Value.Parse(Document, await answer.json())
      return Object.entries(paths).flatMap(([path, operations]) =>
        Object.entries(operations).map(([method, operation]) => {
          return {
            service,
            method: method.toUpperCase(),
            path,
            acceso: operation['x-acceso'],
            query: (operation.parameters ?? []).filter((one) => one.in === 'query'),
            body: writtenOut(
              Object.values(operation.requestBody?.content ?? {})[0]?.schema,
              components.schemas,
            ),
          }
        }),
      )
    }),
  )
  return all.flat()
}
