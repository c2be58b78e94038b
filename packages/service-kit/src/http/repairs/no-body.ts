// Elysia 1.4.30: to a parser that returns `undefined` it answers with one of its own, which then fails
// on the consumed body.

/** What a parser returns for a body of no bytes. */
export const noBody = Symbol('no body')

/** Before handlers and schemas see it. */
export function takeNoBodyAway(context: { body: unknown }): void {
  if (context.body === noBody) context.body = undefined
}
